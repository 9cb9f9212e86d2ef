using Slipway.Documents;
using Slipway.Kubernetes.Validation.References;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>Roles that allow everything, disruption budgets that allow nothing.</summary>
internal sealed class ObjectPolicy(Scope scope, FindingList findings)
{
    public void Check()
    {
        foreach (var item in scope.Objects)
        {
            if (item.Kind is "Role" or "ClusterRole") CheckRole(item);
            else if (item.Kind is "RoleBinding" or "ClusterRoleBinding") CheckBinding(item);
            else if (item.Kind == "PodDisruptionBudget") CheckBudget(item);
        }
    }

    private void CheckRole(ManifestObject item)
    {
        var rules = item.Node.Sequence("rules") ?? [];
        for (var at = 0; at < rules.Count; at++)
        {
            if (rules[at] is not MappingNode rule) continue;
            findings.Advise(
                !(Has(rule, "verbs") && Has(rule, "resources")),
                Codes.WildcardRole,
                item,
                NodePath.Root["rules"][at],
                $"{item} allows everything on everything",
                "list the resources and verbs that are needed");
            findings.Advise(
                !Has(rule, "verbs") || Has(rule, "resources") || !(rule.Sequence("resources") ?? []).OfType<ScalarNode>().Any(resource => resource.Text == "secrets"),
                Codes.WildcardRole,
                item,
                NodePath.Root["rules"][at]["verbs"],
                $"{item} allows everything on Secrets",
                "list the verbs that are needed");
        }
    }

    private void CheckBinding(ManifestObject item)
    {
        findings.Advise(
            item.Kind != "ClusterRoleBinding" || item.Node.Mapping("roleRef")?.Text("name") != "cluster-admin",
            Codes.WildcardRole,
            item,
            NodePath.Of("roleRef.name"),
            $"{item} allows everything on everything",
            "name a role with the resources and verbs that are needed");
        var subjects = item.Node.Sequence("subjects") ?? [];
        for (var at = 0; at < subjects.Count; at++)
        {
            if ((subjects[at] as MappingNode)?.Text("name") is "system:anonymous" or "system:unauthenticated")
                findings.Warning(Codes.WildcardRole, item, NodePath.Root["subjects"][at]["name"], $"{item} gives rights to whoever reaches the cluster", "name a user, a group or a ServiceAccount");
        }
    }

    private void CheckBudget(ManifestObject item)
    {
        if (item.Spec?["minAvailable"] is not ScalarNode { Kind: ScalarKind.Integer } least || !PlainScalars.TryParseInteger(least.Text, out var needed) || needed < 1) return;
        if (item.Spec.Mapping("selector") is not { } selector) return;
        foreach (var pod in scope.PodsWhere(item.Namespace, labels => LabelMatch.Selector(selector, labels)))
        {
            if (pod.Owner.Kind is not ("Deployment" or "StatefulSet")) continue;
            var replicas = PlainScalars.TryParseInteger(pod.Owner.Spec?.Text("replicas") ?? "1", out var number) ? number : 1;
            var scaler = scope.OfKind("HorizontalPodAutoscaler").FirstOrDefault(candidate =>
                candidate.Spec?.Mapping("scaleTargetRef") is { } target && target.Text("kind") == pod.Owner.Kind && target.Text("name") == pod.Owner.Name);
            if (scaler is not null) replicas = PlainScalars.TryParseInteger(scaler.Spec!.Text("minReplicas") ?? "1", out var fewest) ? fewest : 1;
            findings.Advise(
                needed < replicas,
                Codes.BlockingBudget,
                item,
                NodePath.Of("spec.minAvailable"),
                $"no pod of {pod.Owner} may ever be moved: it runs {replicas} and {needed} must stay, so that nodes cannot be drained",
                "lower 'minAvailable', or run more replicas");
        }
    }

    private static bool Has(MappingNode rule, string field) => (rule.Sequence(field) ?? []).OfType<ScalarNode>().Any(item => item.Text == "*");
}
