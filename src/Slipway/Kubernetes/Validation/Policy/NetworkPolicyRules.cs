using Slipway.Documents;
using Slipway.Kubernetes.Validation.References;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>Network policies that cut pods off from name resolution, or whose rules make each other pointless.</summary>
internal sealed class NetworkPolicyRules(Scope scope, FindingList findings)
{
    public void Check()
    {
        var policies = scope.OfKind("NetworkPolicy").ToList();
        foreach (var policy in policies)
        {
            CheckPointless(policy, "ingress", "from");
            CheckPointless(policy, "egress", "to");
        }

        foreach (var pod in scope.Pods) CheckNames(pod, policies);
    }

    private void CheckNames(PodTemplate pod, List<ManifestObject> policies)
    {
        var limiting = policies.FindAll(policy =>
            Scope.SameNamespace(policy.Namespace, pod.Owner.Namespace) && LimitsEgress(policy) && LabelMatch.Selector(policy.Spec?.Mapping("podSelector"), pod.Labels));
        if (limiting.Count == 0) return;
        findings.Require(
            limiting.Exists(AllowsNames),
            Codes.NoDnsEgress,
            limiting[0],
            NodePath.Of("spec.egress"),
            $"the pods of {pod.Owner} cannot resolve names: their egress is limited and no policy allows port 53",
            "allow UDP and TCP port 53 to kube-system for all pods");
    }

    private static bool LimitsEgress(ManifestObject policy) =>
        policy.Spec?.Sequence("policyTypes") is { } types
            ? types.OfType<ScalarNode>().Any(type => type.Text == "Egress")
            : policy.Spec?.Has("egress") == true;

    private static bool AllowsNames(ManifestObject policy) =>
        (policy.Spec?.Sequence("egress") ?? []).OfType<MappingNode>().Any(rule =>
            rule.Sequence("ports") is not { Count: > 0 } ports
                ? rule.Sequence("to") is not { Count: > 0 } || ReachesNamespaces(rule)
                : ports.OfType<MappingNode>().Any(port => port.Text("port") is null or "53" or "dns" && port.Text("protocol") == "UDP"));

    private static bool ReachesNamespaces(MappingNode rule) =>
        (rule.Sequence("to") ?? []).OfType<MappingNode>().Any(peer => peer.Has("namespaceSelector") && LabelMatch.IsEmpty(peer.Mapping("namespaceSelector")) && LabelMatch.IsEmpty(peer.Mapping("podSelector")));

    private void CheckPointless(ManifestObject policy, string direction, string peers)
    {
        var rules = (policy.Spec?.Sequence(direction) ?? []).OfType<MappingNode>().ToList();
        if (rules.Count < 2) return;
        for (var at = 0; at < rules.Count; at++)
        {
            if (rules[at].Sequence(peers) is { Count: > 0 }) continue;
            var ports = PortsOf(rules[at]);
            var other = rules.FindIndex(rule => rule != rules[at] && rule.Sequence(peers) is { Count: > 0 } && (ports.Count == 0 || (PortsOf(rule).Count > 0 && PortsOf(rule).IsSubsetOf(ports))));
            findings.Require(
                other < 0,
                Codes.PointlessRule,
                policy,
                NodePath.Of($"spec.{direction}")[at],
                $"the rule allows everyone, so that rule {other + 1} has no effect",
                $"add '{peers}' to it, or remove it");
        }
    }

    private static HashSet<string> PortsOf(MappingNode rule) =>
        (rule.Sequence("ports") ?? []).OfType<MappingNode>().Select(port => $"{port.Text("protocol") ?? "TCP"}/{port.Text("port")}").ToHashSet(StringComparer.Ordinal);
}
