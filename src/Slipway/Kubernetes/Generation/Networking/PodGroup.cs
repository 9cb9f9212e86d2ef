using Slipway.Documents;
using Slipway.Kubernetes.Generation.Tools;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>Selects exactly the given workloads' pods, as shortly as it can be said.</summary>
internal sealed class PodGroup(Inventory inventory)
{
    private readonly Dictionary<string, int> _tierSizes =
        inventory.Workloads.GroupBy(workload => workload.Tier, StringComparer.Ordinal).ToDictionary(tier => tier.Key, tier => tier.Count(), StringComparer.Ordinal);

    /// <summary>Every pod of the namespace.</summary>
    public static MappingNode Everything() => [];

    /// <summary>A label selector: a whole tier by its component, one workload by its name, several by a list of names.</summary>
    public MappingNode Selector(IReadOnlyCollection<Workload> workloads)
    {
        if (workloads.Count == inventory.Workloads.Count) return Everything();
        var first = workloads.First();
        if (workloads.Count == 1) return Match(Labels.Name, first.Name, first.Source);
        var oneTier = workloads.All(workload => workload.Tier == first.Tier);
        if (oneTier && workloads.Count == _tierSizes[first.Tier]) return Match(Labels.Component, first.Tier, first.Source);

        var selector = new MappingNode();
        if (oneTier) selector = Match(Labels.Component, first.Tier, first.Source);
        var names = new SequenceNode(workloads.OrderBy(workload => workload.Name, StringComparer.Ordinal).Select(workload => ScalarNode.Of(workload.Name, workload.Source)));
        return selector.Add("matchExpressions", new SequenceNode(
        [
            new MappingNode().Add("key", ScalarNode.Of(Labels.Name, first.Source)).Add("operator", ScalarNode.Of("In", first.Source)).Add("values", names),
        ]));
    }

    private static MappingNode Match(string label, string value, Provenance source) =>
        new MappingNode().Add("matchLabels", new MappingNode().Add(label, ScalarNode.Of(value, source)));
}
