using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>Reads <c>outputs-summary.yaml</c>.</summary>
internal sealed class SummaryReader(ReadScope scope)
{
    private const int LastPort = 65535;

    /// <summary>The facts; where something is wrong it is reported and an unknown value stands in for it.</summary>
    public InfrastructureFacts? Read(Node root)
    {
        if (scope.Mapping(root, "", ContextFields.Summary) is not { } summary) return null;
        var name = Text(summary, "project_name", "project.name");
        return new InfrastructureFacts
        {
            Project = new ProjectFacts(
                name,
                Text(summary, "environment", "project.environment"),
                Text(summary, "region", "project.region"),
                Text(summary, "aws_account_id", "project.aws_account_id"),
                name),
            Networking = summary.Mapping(OutputCatalogue.Networking, ContextFields.Networking) is { } networking ? Networking(networking) : null,
            Database = summary.Mapping(OutputCatalogue.Database, ContextFields.Database) is { } database ? Database(database) : null,
            Cache = summary.Mapping(OutputCatalogue.Cache, ContextFields.Cache) is { } cache ? Cache(cache) : null,
            Storage = summary.Mapping(OutputCatalogue.Storage, ContextFields.Storage) is { } storage ? Storage(storage) : null,
            Registry = summary.Mapping(OutputCatalogue.Registry, ContextFields.Registry) is { } registry ? Registry(registry) : null,
            Cluster = summary.Mapping(OutputCatalogue.Kubernetes, ContextFields.Kubernetes) is { } cluster ? Cluster(cluster) : null,
        };
    }

    /// <summary>Refuses a text that is not in the normal form of a fact.</summary>
    public static TextRule RuleOf(string fact)
    {
        var shape = OutputCatalogue.Find(fact)?.Shape ?? FactShape.Arn;
        return text =>
        {
            var reading = FactShapes.Read(shape, text);
            return reading.Problem ?? (reading.Text == text ? null : $"must be written as '{reading.Text}'");
        };
    }

    private NetworkingFacts Networking(MappingReader reader) => new(Text(reader, "vpc_id"), Text(reader, "vpc_cidr"), Subnets(reader));

    private static DatabaseFacts Database(MappingReader reader) => new(
        Text(reader, "identifier"),
        Text(reader, "endpoint"),
        Port(reader),
        Text(reader, "database_name"),
        Text(reader, "secret_name"),
        reader.Text("secret_arn", RuleOf(reader.PathOf("secret_arn"))));

    private static CacheFacts Cache(MappingReader reader) => new(
        Text(reader, "replication_group_id"),
        Text(reader, "primary_endpoint"),
        Port(reader),
        Text(reader, "secret_name"),
        reader.Text("secret_arn", RuleOf(reader.PathOf("secret_arn"))));

    private static StorageFacts Storage(MappingReader reader) => new(Text(reader, "bucket_name"), Text(reader, "bucket_arn"), Text(reader, "iam_policy_arn"));

    private RegistryFacts Registry(MappingReader reader)
    {
        foreach (var tier in reader.Entries("repositories"))
        {
            if (tier.Value is not SequenceNode)
                scope.Report(ContextFields.Codes.WrongType, tier.Value, tier.Path, $"'{tier.Path}' must be a list but is {ReadScope.Describe(tier.Value)}", "list the tier's services");
        }

        var urls = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal);
        foreach (var entry in reader.Entries("repository_urls"))
        {
            if (scope.Text(entry.Value, entry.Path) is { } url) urls[entry.Key] = url;
        }

        return new RegistryFacts(Text(reader, "ecr_base_url"), urls);
    }

    private static ClusterFacts Cluster(MappingReader reader) => new(
        Text(reader, "cluster_name"),
        Text(reader, "cluster_endpoint"),
        Text(reader, "oidc_provider_arn"),
        Text(reader, "oidc_issuer_url"));

    private static Value<string> Text(MappingReader reader, string field, string? fact = null)
    {
        var path = fact ?? reader.PathOf(field);
        return reader.RequiredText(field, RuleOf(path)) ?? Value.Unknown<string>(path, reader.Source);
    }

    private static Value<int> Port(MappingReader reader) =>
        reader.RequiredInteger("port", 1, LastPort) ?? Value.Unknown<int>(reader.PathOf("port"), reader.Source);

    private Value<IReadOnlyList<string>> Subnets(MappingReader reader)
    {
        const string Field = "private_subnet_ids";
        var path = reader.PathOf(Field);
        var unknown = Value.Unknown<IReadOnlyList<string>>(path, reader.Source);
        switch (reader.Get(Field))
        {
            case null:
                reader.ReportMissing(Field);
                return unknown;
            case ScalarNode scalar when UnknownMarker.Find(scalar.Text) is not null:
                return Value.Unknown<IReadOnlyList<string>>(path, scope.SourceOf(scalar, path));
            default:
                var ids = reader.Texts(Field);
                if (ids.Count == 0 || ids.Any(id => id.IsUnknown)) return unknown;
                var edited = ids.FirstOrDefault(id => id.Source.Kind == ProvenanceKind.Edited) ?? ids[0];
                return Value.Known<IReadOnlyList<string>>([.. ids.Select(id => id.Content)], edited.Source);
        }
    }
}
