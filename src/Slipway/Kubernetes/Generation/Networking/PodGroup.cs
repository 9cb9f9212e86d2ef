using Slipway.Documents;
using Slipway.Kubernetes.Generation.Tools;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>
/// Selects exactly the given workloads' pods, as shortly as it can be said. There is always a label to match: an overlay adds its instance to the
/// labels that are there, and an empty selector would hold for the other environments of the namespace as well.
/// </summary>
internal sealed class PodGroup(ToolCall call)
{
    private readonly IReadOnlyList<Workload> _all = call.Model.Inventory.Workloads;

    /// <summary>Every pod of the namespace.</summary>
    public static MappingNode Everything() => [];

    /// <summary>A label selector: one workload by its name, a whole tier by its component, the whole platform by its name, others by a list of names.</summary>
    public MappingNode Selector(IReadOnlyCollection<Workload> workloads)
    {
        var first = workloads.First();
        if (workloads.Count == 1) return Match(Labels.Name, ScalarNode.Of(first.Name, first.Source));
        var isOneTier = workloads.All(workload => workload.Tier == first.Tier);
        var selector = isOneTier ? Match(Labels.Component, ScalarNode.Of(first.Tier, first.Source)) : Match(Labels.PartOf, call.Node(call.Model.Facts.Project.Name));
        if (workloads.Count == _all.Count(workload => !isOneTier || workload.Tier == first.Tier)) return selector;

        var names = new SequenceNode(workloads.OrderBy(workload => workload.Name, StringComparer.Ordinal).Select(workload => ScalarNode.Of(workload.Name, workload.Source)));
        return selector.Add("matchExpressions", new SequenceNode(
        [
            new MappingNode().Add("key", ScalarNode.Of(Labels.Name, first.Source)).Add("operator", ScalarNode.Of("In", first.Source)).Add("values", names),
        ]));
    }

    private static MappingNode Match(string label, ScalarNode value) => new MappingNode().Add("matchLabels", new MappingNode().Add(label, value));
}
