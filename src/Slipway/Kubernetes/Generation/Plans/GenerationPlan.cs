using Slipway.Documents;
using Slipway.Kubernetes.Generation.Items;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Plans;

/// <summary>What to generate, in which levels: <c>k8s-generation-plan.yaml</c>.</summary>
/// <param name="Levels">The levels in order.</param>
/// <param name="Services">The names of <c>service_inventory</c>; for people, and checked against the inventory.</param>
public sealed record GenerationPlan(IReadOnlyList<PlanLevel> Levels, IReadOnlyList<PlanEntry> Services)
{
    /// <summary>The plan of everything that can be made of a platform.</summary>
    public static GenerationPlan For(PlatformModel model)
    {
        var byLevel = KnownItems.For(model).ToLookup(item => item.Level, StringComparer.Ordinal);
        var levels =
            from level in PlanLevels.Usual
            where byLevel.Contains(level.Name)
            let entries = byLevel[level.Name].Select(item => new PlanEntry(item.Entry, item.Group))
            select new PlanLevel(level.Name, level.Type, level.Sequential, [.. entries]);
        return new GenerationPlan([.. levels], [.. model.Inventory.Workloads.Select(workload => new PlanEntry(workload.Name))]);
    }

    /// <summary>The plan as a document, with the contract's keys.</summary>
    /// <param name="model">The platform, for <c>service_inventory</c>.</param>
    public MappingNode ToNode(PlatformModel model)
    {
        var order = new MappingNode();
        foreach (var level in Levels) order.Add($"level_{level.Name}", LevelNode(level));
        return new MappingNode().Add("generation_order", order).Add("service_inventory", InventoryNode(model));
    }

    private static MappingNode LevelNode(PlanLevel level)
    {
        var node = new MappingNode().Add("type", level.Type);
        if (level.Sequential) node.Add("order", "sequential");
        var single = level.Entries.Where(entry => entry.Group is null).ToList();
        var groups = level.Entries.Where(entry => entry.Group is not null).GroupBy(entry => entry.Group!, StringComparer.Ordinal).ToList();
        if (single.Count > 0 || groups.Count == 0) node.Add("items", Texts(single));
        if (groups.Count == 0) return node;
        var groupsNode = new MappingNode();
        foreach (var group in groups) groupsNode.Add(group.Key, Texts(group));
        return node.Add("parallel_groups", groupsNode);
    }

    private static SequenceNode Texts(IEnumerable<PlanEntry> entries) => new(entries.Select(entry => ScalarNode.Of(entry.Text)));

    private static MappingNode InventoryNode(PlatformModel model)
    {
        var services = new SequenceNode();
        foreach (var workload in model.Inventory.Workloads)
        {
            var node = new MappingNode().Add("name", ScalarNode.Of(workload.Name, workload.Source));
            if (workload.Ports is [var port, ..] && port.ContainerPort.TryGet(out var number)) node.Add("port", ScalarNode.Of(number, port.ContainerPort.Source));
            node.Add("tier", ScalarNode.Of(workload.Tier, workload.Source));
            if (workload.ServiceAccount.TryGet(out var account)) node.Add("service_account", ScalarNode.Of(account, workload.ServiceAccount.Source));
            if (workload.Image is { FromRegistry: true, Repository: var repository } && repository.TryGet(out var url))
                node.Add("ecr_repo", ScalarNode.Of(url[(url.LastIndexOf('/') + 1)..], repository.Source));
            services.Add(node);
        }

        return new MappingNode().Add("total_services", ScalarNode.Of(model.Inventory.Workloads.Count)).Add("services", services);
    }
}
