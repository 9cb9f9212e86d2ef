using Slipway.Documents;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>The objects of the base, found by kind and name, and by the workload they are for.</summary>
internal sealed class BaseObjects
{
    private readonly ILookup<string, MappingNode> _byKind;
    private readonly ILookup<(string Kind, string Name), MappingNode> _byName;
    private readonly ILookup<string, MappingNode> _runners;
    private readonly ILookup<string?, MappingNode> _scalers;
    private readonly ILookup<string?, MappingNode> _budgets;

    public BaseObjects(IEnumerable<Document> documents)
    {
        var all = documents.Select(document => document.Root).OfType<MappingNode>().Where(root => root.Text("kind") is not null).ToList();
        _byKind = all.ToLookup(found => found.Text("kind")!, StringComparer.Ordinal);
        _byName = all.ToLookup(found => (found.Text("kind")!, NameOf(found)));
        _runners = all.Where(found => PodPath(found) is not null).ToLookup(NameOf, StringComparer.Ordinal);
        _scalers = OfKind("HorizontalPodAutoscaler").ToLookup(found => found.Mapping("spec")?.Mapping("scaleTargetRef")?.Text("name"), StringComparer.Ordinal);
        _budgets = OfKind("PodDisruptionBudget").ToLookup(
            found => found.Mapping("spec")?.Mapping("selector")?.Mapping("matchLabels")?.Text("app.kubernetes.io/name"), StringComparer.Ordinal);
    }

    /// <summary>The name of an object.</summary>
    public static string NameOf(MappingNode found) => found.Mapping("metadata")?.Text("name") ?? "";

    /// <summary>All of a kind, in order.</summary>
    public IEnumerable<MappingNode> OfKind(string kind) => _byKind[kind];

    /// <summary>One by kind and name, or null.</summary>
    public MappingNode? Find(string kind, string name) => _byName[(kind, name)].FirstOrDefault();

    /// <summary>The object that runs a workload, or null.</summary>
    public MappingNode? Runner(string workload) => _runners[workload].FirstOrDefault();

    /// <summary>The autoscaler of a workload, or null.</summary>
    public MappingNode? ScalerOf(string workload) => _scalers[workload].FirstOrDefault();

    /// <summary>The disruption budget of a workload, or null.</summary>
    public MappingNode? BudgetOf(string workload) =>
        _budgets[workload].FirstOrDefault(found => NameOf(found).StartsWith(workload, StringComparison.Ordinal));

    /// <summary>The start of a strategic merge patch: what names the object, and nothing else.</summary>
    public static MappingNode Patch(MappingNode target)
    {
        var metadata = new MappingNode();
        foreach (var key in new[] { "name", "namespace" })
        {
            if (target.Mapping("metadata")?[key] is { } node) metadata.Add(key, node);
        }

        return new MappingNode()
            .Add("apiVersion", target["apiVersion"]!)
            .Add("kind", target["kind"]!)
            .Add("metadata", metadata);
    }

    /// <summary>A patch of the first container of a workload.</summary>
    /// <param name="runner">The Deployment, Job or CronJob.</param>
    /// <param name="container">What the container has otherwise.</param>
    /// <returns>The patch, or null when the object has no container.</returns>
    public static MappingNode? ContainerPatch(MappingNode runner, IEnumerable<MappingEntry> container)
    {
        if (PodPath(runner) is not { } path || FirstContainer(runner, path) is not { } name) return null;
        var changed = new MappingNode().Add("name", name);
        foreach (var entry in container) changed.Add(entry.Key, entry.Value);
        Node inner = new MappingNode().Add("containers", new SequenceNode([changed]));
        foreach (var key in path.Reverse()) inner = new MappingNode().Add(key, inner);
        return Patch(runner).Add("spec", inner);
    }

    private static string[]? PodPath(MappingNode found) => found.Text("kind") switch
    {
        "Deployment" or "Job" => ["template", "spec"],
        "CronJob" => ["jobTemplate", "spec", "template", "spec"],
        _ => null,
    };

    private static string? FirstContainer(MappingNode runner, string[] path)
    {
        var pod = path.Aggregate(runner.Mapping("spec"), (at, key) => at?.Mapping(key));
        return pod?.Sequence("containers") is [MappingNode container, ..] ? container.Text("name") : null;
    }
}
