using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>What may come in: a policy for each kind of caller of a tier. Which caller reaches which service is cut further by what may go out.</summary>
internal sealed class IngressPolicies(TrafficMap traffic, PodGroup pods, PolicyRules rules)
{
    // These two built-in tiers are called from everywhere, so one policy each tells more than one for each calling tier.
    private static readonly Dictionary<string, string> Gathered = new(StringComparer.Ordinal)
    {
        ["processing"] = "allow-processing-communication",
        ["infrastructure"] = "allow-infrastructure-access",
    };

    public IEnumerable<PolicyDefinition> All()
    {
        yield return new PolicyDefinition("default-deny-ingress", "Nothing reaches a pod unless another policy allows it", PodGroup.Everything(), true, []);
        foreach (var tier in traffic.Tiers)
        {
            foreach (var policy in FromOutside(tier)) yield return policy;
            foreach (var policy in FromInside(tier)) yield return policy;
        }

        foreach (var policy in FromPrometheus()) yield return policy;
    }

    private IEnumerable<PolicyDefinition> FromOutside(string tier)
    {
        var exposed = traffic.Inventory.Workloads.Where(workload => workload.Tier == tier && TrafficMap.ExposedPorts(workload).Any()).ToList();
        var single = traffic.Inventory.Workloads.Count(workload => workload.Tier == tier) == 1;
        return Groups(exposed, TrafficMap.ExposedPorts).Select((group, at) => new PolicyDefinition(
            $"allow-{(single || at > 0 ? group[0].Name : tier)}-ingress",
            $"From the load balancer to {Names(group)}",
            pods.Selector(group),
            true,
            [PolicyRules.Rule(true, rules.Vpc(), rules.Ports(group.SelectMany(TrafficMap.ExposedPorts)))]));
    }

    private IEnumerable<PolicyDefinition> FromInside(string tier)
    {
        var byCallerTier = traffic.Calls.Where(call => call.Target.Tier == tier)
            .GroupBy(call => call.Caller.Tier, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (byCallerTier.Count == 0) yield break;
        if (Gathered.TryGetValue(tier, out var gathered))
        {
            var targets = Distinct(byCallerTier.SelectMany(group => group).Select(call => call.Target));
            yield return new PolicyDefinition(gathered, $"Those who call the {tier} tier reach it", pods.Selector(targets), true, [.. byCallerTier.Select(RuleFrom)]);
            yield break;
        }

        foreach (var group in byCallerTier)
        {
            var targets = Distinct(group.Select(call => call.Target));
            yield return new PolicyDefinition(
                group.Key == tier ? $"allow-{tier}-internal" : $"allow-{tier}-from-{group.Key}",
                $"From {Names(Distinct(group.Select(call => call.Caller)))} to {Names(targets)}",
                pods.Selector(targets),
                true,
                [RuleFrom(group)]);
        }
    }

    private MappingNode RuleFrom(IEnumerable<(Workload Caller, Workload Target)> calls)
    {
        var list = calls.ToList();
        return PolicyRules.Rule(
            true,
            [PolicyRules.Pods(pods.Selector(Distinct(list.Select(call => call.Caller))))],
            rules.Ports(Distinct(list.Select(call => call.Target)).SelectMany(target => target.Ports)));
    }

    private IEnumerable<PolicyDefinition> FromPrometheus()
    {
        var scraped = traffic.Inventory.Workloads.Where(workload => MetricsPorts(workload).Any()).ToList();
        return Groups(scraped, MetricsPorts).Select((group, at) => new PolicyDefinition(
            at == 0 ? "allow-prometheus-scraping" : $"allow-prometheus-scraping-{group[0].Name}",
            "Prometheus, in the namespace monitoring, scrapes what names a metrics endpoint",
            pods.Selector(group),
            true,
            [PolicyRules.Rule(true, [PolicyRules.NamespacePods("monitoring", "namespace of Prometheus")], rules.Ports(group.SelectMany(MetricsPorts)))]));
    }

    private static IEnumerable<IReadOnlyList<Workload>> Groups(IEnumerable<Workload> workloads, Func<Workload, IEnumerable<WorkloadPort>> open)
    {
        var groups = new List<SharedPolicy>();
        foreach (var workload in workloads)
        {
            var opened = open(workload).ToList();
            if (!groups.Exists(group => group.TryAdd(workload, opened))) groups.Add(new SharedPolicy(workload, opened));
        }

        return groups.Select(group => group.Workloads);
    }

    private static IEnumerable<WorkloadPort> MetricsPorts(Workload workload) =>
        workload.Metrics is { } metrics && Workloads.PodValues.FindPort(workload, metrics.Port) is { } port ? [port] : [];

    private static List<Workload> Distinct(IEnumerable<Workload> workloads) => [.. workloads.DistinctBy(workload => workload.Name, StringComparer.Ordinal)];

    private static string Names(IReadOnlyList<Workload> workloads) => workloads.Count <= 4
        ? string.Join(", ", workloads.Select(workload => workload.Name))
        : $"{string.Join(", ", workloads.Take(3).Select(workload => workload.Name))} and {workloads.Count - 3} more";
}
