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
            if (FromOutside(tier) is { } outside) yield return outside;
            foreach (var policy in FromInside(tier)) yield return policy;
        }

        if (FromPrometheus() is { } scraping) yield return scraping;
    }

    private PolicyDefinition? FromOutside(string tier)
    {
        var exposed = traffic.Inventory.Workloads.Where(workload => workload.Tier == tier && workload.Ingress.Count > 0).ToList();
        var ports = rules.Ports(exposed.SelectMany(TrafficMap.ExposedPorts));
        if (ports.Count == 0) return null;
        var single = traffic.Inventory.Workloads.Count(workload => workload.Tier == tier) == 1;
        var name = single ? exposed[0].Name : tier;
        return new PolicyDefinition(
            $"allow-{name}-ingress",
            $"From the load balancer to {Names(exposed)}",
            pods.Selector(exposed),
            true,
            [PolicyRules.Rule(true, rules.Vpc(), ports)]);
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

    private PolicyDefinition? FromPrometheus()
    {
        var scraped = traffic.Inventory.Workloads.Where(workload => workload.Metrics is not null && MetricsPort(workload) is not null).ToList();
        if (scraped.Count == 0) return null;
        return new PolicyDefinition(
            "allow-prometheus-scraping",
            "Prometheus, in the namespace monitoring, scrapes what names a metrics endpoint",
            pods.Selector(scraped),
            true,
            [PolicyRules.Rule(true, [PolicyRules.NamespacePods("monitoring", "namespace of Prometheus")], rules.Ports(scraped.Select(workload => MetricsPort(workload)!)))]);
    }

    private static WorkloadPort? MetricsPort(Workload workload) => Workloads.PodValues.FindPort(workload, workload.Metrics!.Port);

    private static List<Workload> Distinct(IEnumerable<Workload> workloads) => [.. workloads.DistinctBy(workload => workload.Name, StringComparer.Ordinal)];

    private static string Names(IReadOnlyList<Workload> workloads) => workloads.Count <= 4
        ? string.Join(", ", workloads.Select(workload => workload.Name))
        : $"{string.Join(", ", workloads.Take(3).Select(workload => workload.Name))} and {workloads.Count - 3} more";
}
