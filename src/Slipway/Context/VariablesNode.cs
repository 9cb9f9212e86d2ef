using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>The document <c>template-variables.yaml</c>.</summary>
internal static class VariablesNode
{
    public static MappingNode Of(PlatformModel model)
    {
        var facts = model.Facts;
        var root = new MappingNode()
            .Add("namespace", ContextNodes.Of(facts.Project.Namespace))
            .Add("environment", ContextNodes.Of(facts.Project.Environment))
            .Add("project_name", ContextNodes.Of(facts.Project.Name))
            .Add("images", Images(model.Inventory))
            .Add("config_values", ConfigValues(facts));
        var roles = new MappingNode();
        foreach (var (name, arn) in facts.IrsaRoles) roles.Add(name, ContextNodes.Of(arn));
        return root.Add("irsa_roles", roles);
    }

    private static MappingNode Images(Inventory inventory)
    {
        var images = new MappingNode();
        foreach (var workload in inventory.Workloads) images.Add(ImageAddress.KeyOf(workload.Name), ContextNodes.Of(ImageAddress.Of(workload)));
        return images;
    }

    private static MappingNode ConfigValues(InfrastructureFacts facts)
    {
        var values = new MappingNode();
        if (facts.Database is { } database)
            values.Add("database_host", ContextNodes.Of(database.Endpoint)).Add("database_port", ContextNodes.TextOf(database.Port));
        if (facts.Cache is { } cache) values.Add("redis_host", ContextNodes.Of(cache.PrimaryEndpoint)).Add("redis_port", ContextNodes.TextOf(cache.Port));
        return values.AddIfAny("s3_bucket", facts.Storage?.BucketName);
    }
}
