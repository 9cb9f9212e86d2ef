using Slipway.Documents;
using Slipway.Kubernetes.Generation.Networking;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_network_policy</c>.</summary>
internal sealed class NetworkPolicyTool() : TemplateTool<PolicyDefinition>(
    "generate_network_policy",
    "network-policy",
    "base/networkpolicies/network-policies.yaml",
    "Makes the NetworkPolicies: everything denied, and what the inventory says that services call allowed.")
{
    private static readonly Provenance Rule = Provenance.Derived("who calls whom in the inventory");

    protected override IEnumerable<PolicyDefinition> Select(ToolCall call)
    {
        var traffic = new TrafficMap(call);
        var pods = new PodGroup(call);
        var rules = new PolicyRules(call);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in new IngressPolicies(traffic, pods, rules).All().Concat(new EgressPolicies(call, traffic, pods, rules).All()))
        {
            // A tier and a service may share a name; their policies may not.
            var name = policy.Name;
            for (var number = 2; !names.Add(name); number++) name = $"{policy.Name}-{number}";
            yield return policy with { Name = name };
        }
    }

    protected override string NameOf(PolicyDefinition one) => one.Name;

    protected override MappingNode Values(PolicyDefinition one, ToolCall call)
    {
        var values = Begin(ScalarNode.Of(one.Name, Rule), Labels.Shared(call), call)
            .Add("purpose", ScalarNode.Of(one.Purpose, Rule))
            .Add("podSelector", one.Pods)
            .Add("types", new SequenceNode([ScalarNode.Of(one.IsIngress ? "Ingress" : "Egress", Rule)]));
        if (one.Rules.Count > 0) values.Add(one.IsIngress ? "ingress" : "egress", new SequenceNode(one.Rules));
        return values;
    }
}
