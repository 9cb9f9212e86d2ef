using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Puts the facts of a table into the records of the platform; what is not there becomes unknown.</summary>
internal sealed class FactBuilder(FactTable table, IReadOnlyDictionary<string, (string? Url, Provenance Source, TerraformValue? Value)> repositories)
{
    public ProjectFacts Project() => new(
        table.Text("project.name"),
        table.Text("project.environment"),
        table.Text("project.region"),
        table.Text("project.aws_account_id"),
        table.Text("project.namespace"));

    public NetworkingFacts Networking()
    {
        const string Subnets = "networking.private_subnet_ids";
        return new NetworkingFacts(
            table.Text("networking.vpc_id"),
            table.Text("networking.vpc_cidr"),
            table.Subnets ?? Value.Unknown<IReadOnlyList<string>>(Subnets, FactTable.NotFound(Subnets)));
    }

    public DatabaseFacts Database() => new(
        table.Text("database.identifier"),
        table.Text("database.endpoint"),
        table.Number("database.port"),
        table.Text("database.database_name"),
        table.Text("database.secret_name"),
        table.Find("database.secret_arn"));

    public CacheFacts Cache() => new(
        table.Text("cache.replication_group_id"),
        table.Text("cache.primary_endpoint"),
        table.Number("cache.port"),
        table.Text("cache.secret_name"),
        table.Find("cache.secret_arn"));

    public StorageFacts Storage() => new(table.Text("storage.bucket_name"), table.Text("storage.bucket_arn"), table.Text("storage.iam_policy_arn"));

    public RegistryFacts Registry()
    {
        var registry = table.Text("container_registry.ecr_base_url");
        var urls = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal);
        foreach (var (name, repository) in repositories)
        {
            var url = repository.Url ?? (registry.TryGet(out var host) ? $"{host}/{name}" : null);
            urls[name] = url is null
                ? Value.Unknown<string>($"container_registry.repository_urls.{name}", repository.Source)
                : Value.Known(url, repository.Source);
        }

        return new RegistryFacts(registry, urls);
    }

    public ClusterFacts Cluster() => new(
        table.Text("kubernetes.cluster_name"),
        table.Text("kubernetes.cluster_endpoint"),
        table.Text("kubernetes.oidc_provider_arn"),
        table.Text("kubernetes.oidc_issuer_url"));
}
