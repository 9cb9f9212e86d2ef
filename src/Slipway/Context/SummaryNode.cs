using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>The document <c>outputs-summary.yaml</c>.</summary>
internal static class SummaryNode
{
    public static MappingNode Of(PlatformModel model)
    {
        var facts = model.Facts;
        var root = new MappingNode()
            .Add("project_name", ContextNodes.Of(facts.Project.Name))
            .Add("environment", ContextNodes.Of(facts.Project.Environment))
            .Add("region", ContextNodes.Of(facts.Project.Region))
            .Add("aws_account_id", ContextNodes.Of(facts.Project.AccountId));
        if (facts.Networking is { } networking) root.Add(OutputCatalogue.Networking, Networking(networking));
        if (facts.Database is { } database) root.Add(OutputCatalogue.Database, Database(database));
        if (facts.Cache is { } cache) root.Add(OutputCatalogue.Cache, Cache(cache));
        if (facts.Storage is { } storage) root.Add(OutputCatalogue.Storage, Storage(storage));
        if (facts.Registry is { } registry) root.Add(OutputCatalogue.Registry, Registry(registry, model.Inventory));
        if (facts.Cluster is { } cluster) root.Add(OutputCatalogue.Kubernetes, Cluster(cluster));
        return root;
    }

    private static MappingNode Networking(NetworkingFacts facts) => new MappingNode()
        .Add("vpc_id", ContextNodes.Of(facts.VpcId))
        .Add("vpc_cidr", ContextNodes.Of(facts.VpcCidr))
        .Add("private_subnet_ids", ContextNodes.Of(facts.PrivateSubnetIds));

    private static MappingNode Database(DatabaseFacts facts) => new MappingNode()
        .Add("identifier", ContextNodes.Of(facts.Identifier))
        .Add("endpoint", ContextNodes.Of(facts.Endpoint))
        .Add("port", ContextNodes.Of(facts.Port))
        .Add("database_name", ContextNodes.Of(facts.DatabaseName))
        .Add("secret_name", ContextNodes.Of(facts.SecretName))
        .AddIfAny("secret_arn", facts.SecretArn);

    private static MappingNode Cache(CacheFacts facts) => new MappingNode()
        .Add("replication_group_id", ContextNodes.Of(facts.ReplicationGroupId))
        .Add("primary_endpoint", ContextNodes.Of(facts.PrimaryEndpoint))
        .Add("port", ContextNodes.Of(facts.Port))
        .Add("secret_name", ContextNodes.Of(facts.SecretName))
        .AddIfAny("secret_arn", facts.SecretArn);

    private static MappingNode Storage(StorageFacts facts) => new MappingNode()
        .Add("bucket_name", ContextNodes.Of(facts.BucketName))
        .Add("bucket_arn", ContextNodes.Of(facts.BucketArn))
        .Add("iam_policy_arn", ContextNodes.Of(facts.IamPolicyArn));

    // Services by their own tier: a gateway is no backend.
    private static MappingNode Registry(RegistryFacts facts, Inventory inventory)
    {
        var tiers = new MappingNode();
        foreach (var tier in inventory.Tiers)
        {
            var services = inventory.Workloads.Where(workload => workload.Tier == tier.Name && workload.Image.FromRegistry).ToList();
            if (services.Count > 0) tiers.Add(tier.Name, new SequenceNode(services.Select(service => ScalarNode.Of(service.Name, service.Source))));
        }

        var urls = new MappingNode();
        foreach (var (name, url) in facts.RepositoryUrls) urls.Add(name, ContextNodes.Of(url));
        return new MappingNode()
            .Add("ecr_base_url", ContextNodes.Of(facts.EcrBaseUrl))
            .Add("repositories", tiers)
            .Add("repository_urls", urls);
    }

    private static MappingNode Cluster(ClusterFacts facts) => new MappingNode()
        .Add("cluster_name", ContextNodes.Of(facts.Name))
        .Add("cluster_endpoint", ContextNodes.Of(facts.Endpoint))
        .Add("oidc_provider_arn", ContextNodes.Of(facts.OidcProviderArn))
        .Add("oidc_issuer_url", ContextNodes.Of(facts.OidcIssuerUrl));
}
