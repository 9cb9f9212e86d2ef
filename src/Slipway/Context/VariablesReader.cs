using System.Globalization;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>
/// Reads <c>template-variables.yaml</c>. What it repeats of the summary must agree with it; of two that differ the one that was edited
/// counts, and two edited ones are a contradiction.
/// </summary>
internal sealed class VariablesReader(ReadScope scope, string summaryFile)
{
    private readonly Dictionary<string, (Value<string> Image, SourcePlace Place)> _editedImages = new(StringComparer.Ordinal);

    /// <summary>The facts of the summary, completed.</summary>
    public InfrastructureFacts Read(Node root, InfrastructureFacts facts)
    {
        if (scope.Mapping(root, "", ContextFields.Variables) is not { } variables) return facts;
        var project = facts.Project with
        {
            Namespace = variables.RequiredText("namespace") ?? facts.Project.Namespace,
            Environment = Reconcile(variables, "environment", "environment", facts.Project.Environment),
            Name = Reconcile(variables, "project_name", "project_name", facts.Project.Name),
        };
        ReadImages(variables);
        facts = facts with { Project = project, IrsaRoles = Roles(variables) };
        return variables.Mapping("config_values", ContextFields.ConfigValues) is { } values ? ReadConfigValues(values, facts) : facts;
    }

    /// <summary>The inventory with the images that were edited in this file.</summary>
    public Inventory Apply(Inventory inventory)
    {
        if (_editedImages.Count == 0) return inventory;
        var workloads = inventory.Workloads.Select(Apply).ToList();
        foreach (var (key, edited) in _editedImages.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (inventory.Workloads.Any(workload => ImageAddress.KeyOf(workload.Name) == key)) continue;
            var keys = inventory.Workloads.Select(workload => ImageAddress.KeyOf(workload.Name)).ToList();
            scope.Report("SLW1126", edited.Place, $"there is no service for the image '{key}'", Suggestion.Fix(key, keys));
        }

        return inventory with { Workloads = workloads };
    }

    private Workload Apply(Workload workload)
    {
        if (!_editedImages.TryGetValue(ImageAddress.KeyOf(workload.Name), out var edited) || !edited.Image.TryGet(out var text)) return workload;
        if (text == (ImageAddress.Of(workload).TryGet(out var same) ? same : null)) return workload;
        if (ImageAddress.Parse(text, workload.Image.Name, edited.Image.Source) is { } image) return workload with { Image = image };
        scope.Report("SLW1125", edited.Place, $"'{text}' is no image with a tag or digest", "write <repository>:<tag>, and no 'latest'");
        return workload;
    }

    private void ReadImages(MappingReader variables)
    {
        foreach (var entry in variables.Entries("images"))
        {
            if (scope.Text(entry.Value, entry.Path) is { Source.Kind: ProvenanceKind.Edited } image)
                _editedImages[entry.Key] = (image, entry.Value.PlaceIn(scope.File, entry.Path));
        }
    }

    private SortedDictionary<string, Value<string>> Roles(MappingReader variables)
    {
        var roles = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal);
        foreach (var entry in variables.Entries("irsa_roles"))
        {
            if (scope.Text(entry.Value, entry.Path, SummaryReader.RuleOf("irsa_roles")) is { } role) roles[entry.Key] = role;
        }

        return roles;
    }

    private InfrastructureFacts ReadConfigValues(MappingReader values, InfrastructureFacts facts)
    {
        if (facts.Database is { } database)
        {
            facts = facts with
            {
                Database = database with
                {
                    Endpoint = Reconcile(values, "database_host", "database.endpoint", database.Endpoint),
                    Port = ReconcilePort(values, "database_port", "database.port", database.Port),
                },
            };
        }

        if (facts.Cache is { } cache)
        {
            facts = facts with
            {
                Cache = cache with
                {
                    PrimaryEndpoint = Reconcile(values, "redis_host", "cache.primary_endpoint", cache.PrimaryEndpoint),
                    Port = ReconcilePort(values, "redis_port", "cache.port", cache.Port),
                },
            };
        }

        if (facts.Storage is { } storage) facts = facts with { Storage = storage with { BucketName = Reconcile(values, "s3_bucket", "storage.bucket_name", storage.BucketName) } };
        RefuseWithout(values, facts.Database, "database", "database_host", "database_port");
        RefuseWithout(values, facts.Cache, "cache", "redis_host", "redis_port");
        RefuseWithout(values, facts.Storage, "storage", "s3_bucket");
        return facts;
    }

    private void RefuseWithout(MappingReader values, object? section, string name, params string[] fields)
    {
        if (section is not null) return;
        foreach (var field in fields.Where(values.Has))
            scope.Report("SLW1126", values.PlaceOf(field), $"'{values.PathOf(field)}' is given, but {summaryFile} has no section '{name}'", $"add the section, or remove '{field}'");
    }

    private Value<string> Reconcile(MappingReader reader, string field, string path, Value<string> other)
    {
        if (reader.RequiredText(field) is not { } mine) return other;
        if (Same(mine, other)) return other;
        var isMine = mine.Source.Kind == ProvenanceKind.Edited;
        var isOther = other.Source.Kind == ProvenanceKind.Edited;
        if (isMine != isOther) return isMine ? mine : other;
        scope.Report("SLW1126", reader.PlaceOf(field), $"'{reader.PathOf(field)}' is '{mine}', but '{path}' in {summaryFile} is '{other}'", "write the same in both");
        return other;
    }

    private Value<int> ReconcilePort(MappingReader reader, string field, string path, Value<int> other)
    {
        var text = Reconcile(reader, field, path, other.Map(port => port.ToString(CultureInfo.InvariantCulture)));
        if (text.IsUnknown) return Value.Unknown<int>(text.UnknownName!, text.Source);
        if (FactShapes.Read(FactShape.Port, text.Content).Problem is null) return text.Map(digits => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
        scope.Report("SLW1125", reader.PlaceOf(field), $"'{text.Content}' is no port from 1 to 65535");
        return other;
    }

    private static bool Same(Value<string> one, Value<string> other) =>
        one.IsUnknown || other.IsUnknown ? one.IsUnknown && other.IsUnknown : one.Content == other.Content;
}
