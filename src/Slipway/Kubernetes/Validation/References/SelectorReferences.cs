using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>What selects pods: workloads their own, Services, disruption budgets, network policies.</summary>
internal sealed class SelectorReferences(Scope scope, FindingList findings)
{
    public void Check()
    {
        foreach (var item in scope.Objects)
        {
            switch (item.Kind)
            {
                case "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" when PodTemplate.Of(item) is { } pod:
                    CheckOwn(item, pod);
                    break;
                case "Service":
                    CheckService(item);
                    break;
                case "PodDisruptionBudget" when item.Spec?.Mapping("selector") is { } selector:
                    findings.Require(
                        scope.PodsWhere(item.Namespace, labels => LabelMatch.Selector(selector, labels)).Any(),
                        Codes.BudgetSelectsNothing,
                        item,
                        NodePath.Of("spec.selector"),
                        "the disruption budget selects no pod",
                        "correct the labels to those of a pod template");
                    break;
                case "NetworkPolicy":
                    CheckPolicy(item);
                    break;
            }
        }
    }

    private void CheckOwn(ManifestObject item, PodTemplate pod) =>
        findings.Require(
            LabelMatch.Selector(item.Spec?.Mapping("selector"), pod.Labels),
            Codes.SelectorTemplate,
            item,
            NodePath.Of("spec.selector"),
            $"the selector of {item} does not match the labels of its own pods",
            "write the same labels under 'spec.selector.matchLabels' and 'spec.template.metadata.labels'");

    private void CheckService(ManifestObject item)
    {
        if (item.Spec?.Mapping("selector") is not { Count: > 0 } selector || item.Spec.Text("type") == "ExternalName") return;
        var pods = scope.PodsWhere(item.Namespace, labels => LabelMatch.Plain(selector, labels)).ToList();
        findings.Require(pods.Count > 0, Codes.ServiceSelectsNothing, item, NodePath.Of("spec.selector"), $"the Service '{item.Name}' selects no pod", "correct the labels to those of a pod template");
        var ports = item.Spec.Sequence("ports") ?? [];
        for (var at = 0; at < ports.Count && pods.Count > 0; at++)
        {
            if (ports[at] is not MappingNode port) continue;
            var path = NodePath.Of("spec.ports")[at];
            if (port["targetPort"] is ScalarNode { Kind: ScalarKind.String, Text: var name })
                findings.Require(pods.Exists(pod => pod.HasPort(name)), Codes.TargetPort, item, path["targetPort"], $"no container behind the Service has a port named '{name}'", "name a port of the container, or write its number");
            else
                CheckNumber(item, pods, port, path);
        }
    }

    // Containers need not declare their ports, so that a number nobody declares is only suspicious, and only where some port is declared.
    private void CheckNumber(ManifestObject item, List<PodTemplate> pods, MappingNode port, NodePath path)
    {
        var field = port.Has("targetPort") ? "targetPort" : "port";
        if (port.Text(field) is not { } number || !pods.Exists(pod => pod.Ports.Any())) return;
        findings.Advise(
            pods.Exists(pod => pod.Ports.Any(declared => declared.Text("containerPort") == number)),
            Codes.TargetPort,
            item,
            path[field],
            $"no container behind the Service declares the port {number}",
            "correct the number, or declare it under the container's 'ports'");
    }

    private void CheckPolicy(ManifestObject item)
    {
        if (scope.Pods.Count == 0) return;
        CheckPods(item, item.Spec?.Mapping("podSelector"), item.Namespace, NodePath.Of("spec.podSelector"), "the network policy selects no pod");
        foreach (var (direction, peers) in (ReadOnlySpan<(string, string)>)[("ingress", "from"), ("egress", "to")])
        {
            var rules = item.Spec?.Sequence(direction) ?? [];
            for (var at = 0; at < rules.Count; at++)
            {
                var list = (rules[at] as MappingNode)?.Sequence(peers) ?? [];
                for (var index = 0; index < list.Count; index++)
                {
                    if (list[index] is MappingNode peer && !peer.Has("namespaceSelector") && peer.Mapping("podSelector") is { } selector)
                        CheckPods(item, selector, item.Namespace, NodePath.Of($"spec.{direction}")[at][peers][index]["podSelector"], $"no pod fits this selector of the network policy");
                }
            }
        }
    }

    private void CheckPods(ManifestObject item, MappingNode? selector, string? space, NodePath path, string summary)
    {
        if (LabelMatch.IsEmpty(selector)) return;
        findings.Advise(scope.PodsWhere(space, labels => LabelMatch.Selector(selector, labels)).Any(), Codes.PolicySelectsNothing, item, path, summary, "correct the labels to those of a pod template");
    }
}
