using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>What may go out: names, the services that a workload calls, the database, the cache, AWS, the Kubernetes API, and what it names itself.</summary>
internal sealed class EgressPolicies(ToolCall call, TrafficMap traffic, PodGroup pods, PolicyRules rules)
{
    private const int Https = 443;
    private const string Anywhere = "0.0.0.0/0";

    public IEnumerable<PolicyDefinition> All()
    {
        yield return new PolicyDefinition("default-deny-egress", "No pod reaches anything unless another policy allows it", PodGroup.Everything(), false, []);
        yield return Dns();
        foreach (var caller in traffic.Calls.GroupBy(pair => pair.Caller)) yield return ToServices(caller.Key, [.. caller.Select(pair => pair.Target)]);
        if (call.Model.Facts.Database is { } database && ToStore("allow-database-egress", "the database", workload => workload.Egress.Database, database.Port) is { } toDatabase)
            yield return toDatabase;
        if (call.Model.Facts.Cache is { } cache && ToStore("allow-cache-egress", "the cache", workload => workload.Egress.Cache, cache.Port) is { } toCache)
            yield return toCache;
        if (ToAws() is { } toAws) yield return toAws;
        if (ToKubernetesApi() is { } toApi) yield return toApi;
        foreach (var workload in traffic.Inventory.Workloads.Where(workload => workload.Egress.External.Count > 0)) yield return ToExternal(workload);
    }

    private static PolicyDefinition Dns()
    {
        var source = Provenance.Default("DNS of the cluster");

        // An expression, because an overlay adds its instance label to every matchLabels, and the resolver belongs to no environment.
        var resolver = new MappingNode().Add("matchExpressions", new SequenceNode(
        [
            new MappingNode()
                .Add("key", ScalarNode.Of("k8s-app", source))
                .Add("operator", ScalarNode.Of("In", source))
                .Add("values", new SequenceNode([ScalarNode.Of("kube-dns", source)])),
        ]));
        var port = ScalarNode.Of(53, source);
        return new PolicyDefinition(
            "allow-dns",
            "Every pod resolves names",
            PodGroup.Everything(),
            false,
            [PolicyRules.Rule(false, [PolicyRules.NamespacePods("kube-system", "DNS of the cluster", resolver)], [PolicyRules.Port(port, "UDP"), PolicyRules.Port(port)])]);
    }

    private PolicyDefinition ToServices(Workload caller, IReadOnlyList<Workload> targets) => new(
        $"allow-internal-egress-{caller.Name}",
        $"{caller.Name} calls {targets.Count} {(targets.Count == 1 ? "service" : "services")}, and no other",
        pods.Selector([caller]),
        false,
        [
            .. targets.OrderBy(target => target.Name, StringComparer.Ordinal)
                .Select(target => PolicyRules.Rule(false, [PolicyRules.Pods(pods.Selector([target]))], rules.Ports(target.Ports))),
        ]);

    private PolicyDefinition? ToStore(string name, string what, Func<Workload, bool> needs, Value<int> port)
    {
        var callers = traffic.Inventory.Workloads.Where(workload => needs(workload) && !(port is { IsUnknown: false } known && TrafficMap.ReachesAnywhere(workload, known.Content))).ToList();
        return callers.Count == 0 ? null : new PolicyDefinition(
            name, $"Who uses {what} reaches it in the VPC", pods.Selector(callers), false, [PolicyRules.Rule(false, rules.Vpc(), [PolicyRules.Port(call.Node(port))])]);
    }

    private PolicyDefinition? ToAws()
    {
        var callers = traffic.Inventory.Workloads.Where(workload => TrafficMap.UsesAws(workload) && !TrafficMap.ReachesAnywhere(workload, Https)).ToList();
        if (callers.Count == 0) return null;
        var source = Provenance.Derived("services that use AWS");
        return new PolicyDefinition(
            "allow-aws-services-egress",
            "Who uses AWS reaches its endpoints by HTTPS; their addresses are not fixed",
            pods.Selector(callers),
            false,
            [PolicyRules.Rule(false, [PolicyRules.Block(ScalarNode.Of(Anywhere, source))], [PolicyRules.Port(ScalarNode.Of(Https, source))])]);
    }

    // The API server is reached under the cluster's service address and, behind it, in the VPC; both of EKS' own service networks are named.
    private PolicyDefinition? ToKubernetesApi()
    {
        var callers = traffic.Inventory.Workloads
            .Where(workload => workload.ServiceAccount is { IsUnknown: false } account && traffic.UsesKubernetesApi.Contains(account.Content))
            .Where(workload => !TrafficMap.UsesAws(workload) && !TrafficMap.ReachesAnywhere(workload, Https))
            .ToList();
        if (callers.Count == 0) return null;
        var source = Provenance.Default("service networks of EKS");
        IReadOnlyList<MappingNode> peers = call.Model.Facts.Networking is null
            ? []
            : [.. rules.Vpc(), PolicyRules.Block(ScalarNode.Of("10.100.0.0/16", source)), PolicyRules.Block(ScalarNode.Of("172.20.0.0/16", source))];
        return new PolicyDefinition(
            "allow-kubernetes-api-egress",
            "Who has a Role reaches the Kubernetes API",
            pods.Selector(callers),
            false,
            [PolicyRules.Rule(false, peers, [PolicyRules.Port(ScalarNode.Of(Https, source))])]);
    }

    private PolicyDefinition ToExternal(Workload workload) => new(
        $"allow-external-egress-{workload.Name}",
        $"{workload.Name} reaches what it names outside the platform",
        pods.Selector([workload]),
        false,
        [
            .. workload.Egress.External.Select(external => PolicyRules.Rule(
                false,
                [PolicyRules.Block(ScalarNode.Of(external.Cidr, external.Source))],
                external.Ports.Distinct().Order().Select(port => PolicyRules.Port(ScalarNode.Of(port, external.Source))))),
        ]);
}
