using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>What objects name besides pods: scale targets, backends, roles and subjects, namespaces, stores, projects.</summary>
internal sealed class ObjectReferences(Scope scope, FindingList findings)
{
    private static readonly HashSet<string> EveryClustersRoles = new(StringComparer.Ordinal) { "cluster-admin", "admin", "edit", "view" };
    private static readonly HashSet<string> EveryClustersNamespaces = new(StringComparer.Ordinal) { "default", "kube-system", "kube-public", "kube-node-lease" };

    public void Check()
    {
        var spaces = scope.OfKind("Namespace").Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        if (spaces.Count > 0) spaces.UnionWith(scope.Elsewhere("Namespace").Select(item => item.Name));
        foreach (var item in scope.Objects)
        {
            CheckNamespace(item, spaces);
            switch (item.Kind)
            {
                case "HorizontalPodAutoscaler":
                    CheckAutoscaler(item);
                    break;
                case "Ingress":
                    new IngressReferences(scope, findings, item).Check();
                    break;
                case "RoleBinding" or "ClusterRoleBinding":
                    CheckBinding(item);
                    break;
                case "ExternalSecret":
                    CheckStore(item);
                    break;
                case "Application" when item.Group == "argoproj.io" && item.Spec?.Text("project") is { } project && project != "default":
                    findings.Advise(scope.FindAnywhere("AppProject", project) is not null, Codes.ProjectMissing, item, NodePath.Of("spec.project"), $"the AppProject '{project}' is not in this directory", "add it, or correct the name");
                    break;
                case "StatefulSet" when item.Spec?.Text("serviceName") is { Length: > 0 } service:
                    findings.Require(scope.Find("Service", service, item.Namespace) is not null, Codes.GoverningServiceMissing, item, NodePath.Of("spec.serviceName"), $"the Service '{service}' does not exist", "add a headless Service of that name, or correct it");
                    break;
            }
        }
    }

    private void CheckNamespace(ManifestObject item, HashSet<string> spaces)
    {
        if (spaces.Count == 0 || item.Namespace is not { } space || EveryClustersNamespaces.Contains(space) || item.Group == "argoproj.io") return;
        findings.Require(
            spaces.Contains(space),
            Codes.NamespaceMissing,
            item,
            NodePath.Of("metadata.namespace"),
            $"the namespace '{space}' is not among those that are made here",
            Suggestion.Closest(space, spaces) is { } near ? $"did you mean '{near}'?" : "add the Namespace, or correct the name");
    }

    private void CheckAutoscaler(ManifestObject item)
    {
        var reference = item.Spec?.Mapping("scaleTargetRef");
        if (reference?.Text("kind") is not { } kind || reference.Text("name") is not { } name) return;
        if (kind is not ("Deployment" or "StatefulSet" or "ReplicaSet" or "Rollout"))
        {
            if (Schemas.ApiGroups.GroupOf(reference.Text("apiVersion") ?? "") == "apps")
                findings.Error(Codes.ScaleTargetMissing, item, NodePath.Of("spec.scaleTargetRef.kind"), $"there is no {kind} in apps that could be scaled", Suggestion.Closest(kind, ["Deployment", "ReplicaSet", "StatefulSet"]) is { } near ? $"did you mean '{near}'?" : "name a Deployment or a StatefulSet");
            return;
        }

        var target = scope.Find(kind, name, item.Namespace);
        findings.Require(target is not null, Codes.ScaleTargetMissing, item, NodePath.Of("spec.scaleTargetRef.name"), $"the {kind} '{name}' does not exist", Suggest(kind, name));
        if (target is null || PodTemplate.Of(target) is not { } pod) return;
        if (reference.Text("apiVersion") is { } version)
            findings.Require(version == target.ApiVersion, Codes.ScaleTargetMissing, item, NodePath.Of("spec.scaleTargetRef.apiVersion"), $"the {kind} '{name}' is of {target.ApiVersion}, not of {version}", $"write 'apiVersion: {target.ApiVersion}'");
        var metrics = item.Spec!.Sequence("metrics") ?? [];
        for (var at = 0; at < metrics.Count; at++)
        {
            if ((metrics[at] as MappingNode)?.Mapping("containerResource")?.Text("container") is { } wanted)
                findings.Require(pod.Containers.Any(entry => entry.Container.Text("name") == wanted), Codes.ScaleTargetMissing, item, NodePath.Of("spec.metrics")[at]["containerResource"]["container"], $"the pods of {kind} '{name}' have no container '{wanted}'", Suggestion.Closest(wanted, pod.Containers.Select(entry => entry.Container.Text("name")).OfType<string>()) is { } close ? $"did you mean '{close}'?" : "name a container that is there");
            if ((metrics[at] as MappingNode)?.Mapping("resource") is not { } resource) continue;
            if (resource.Mapping("target")?.Text("type") != "Utilization" || resource.Text("name") is not { } amount) continue;
            var bare = pod.Containers.FirstOrDefault(entry => !Asks(entry.Container, amount)).Container;
            findings.Require(
                bare is null,
                Codes.ScaleNeedsRequests,
                item,
                NodePath.Of("spec.metrics")[at]["resource"]["name"],
                $"a share of {amount} cannot be measured: the container '{bare?.Text("name")}' of {kind} '{name}' requests none",
                $"add 'resources.requests.{amount}' to the container");
        }
    }

    private static bool Asks(MappingNode container, string amount) =>
        container.Mapping("resources")?.Mapping("requests")?.Has(amount) == true || container.Mapping("resources")?.Mapping("limits")?.Has(amount) == true;

    private void CheckBinding(ManifestObject item)
    {
        var role = item.Node.Mapping("roleRef");
        var path = NodePath.Of("roleRef.name");
        if (role?.Text("kind") == "Role" && role.Text("name") is { } name && item.Namespace != "kube-system")
            findings.Require(scope.Find("Role", name, item.Namespace) is not null, Codes.RoleMissing, item, path, $"the Role '{name}' does not exist", Suggest("Role", name));
        else if (role?.Text("kind") == "ClusterRole" && role.Text("name") is { } wide && !EveryClustersRoles.Contains(wide) && !wide.StartsWith("system:", StringComparison.Ordinal))
            findings.Advise(scope.FindAnywhere("ClusterRole", wide) is not null, Codes.RoleMissing, item, path, $"the ClusterRole '{wide}' is not in this directory", Suggest("ClusterRole", wide));

        var subjects = item.Node.Sequence("subjects") ?? [];
        for (var at = 0; at < subjects.Count; at++)
        {
            if (subjects[at] is not MappingNode subject || subject.Text("kind") != "ServiceAccount" || subject.Text("name") is not { } account || account == "default") continue;

            // An account in a namespace that this scope does not fill is somebody else's.
            var space = subject.Text("namespace") ?? item.Namespace;
            if (space is not null && !scope.Objects.Any(other => other.Namespace == space || (other.Kind == "Namespace" && other.Name == space))) continue;
            findings.Require(
                scope.Find("ServiceAccount", account, space) is not null,
                Codes.SubjectMissing,
                item,
                NodePath.Root["subjects"][at]["name"],
                $"the ServiceAccount '{account}' does not exist",
                Suggest("ServiceAccount", account));
        }
    }

    private void CheckStore(ManifestObject item)
    {
        if (item.Spec?.Mapping("secretStoreRef") is not { } store || store.Text("name") is not { } name) return;
        var path = NodePath.Of("spec.secretStoreRef.name");
        if ((store.Text("kind") ?? "SecretStore") == "SecretStore")
            findings.Require(scope.Find("SecretStore", name, item.Namespace) is not null, Codes.StoreMissing, item, path, $"the SecretStore '{name}' does not exist", Suggest("SecretStore", name));
        else
            findings.Advise(scope.FindAnywhere("ClusterSecretStore", name) is not null, Codes.StoreMissing, item, path, $"the ClusterSecretStore '{name}' is not in this directory", Suggest("ClusterSecretStore", name));
    }

    private string Suggest(string kind, string name) =>
        Suggestion.Closest(name, scope.OfKind(kind).Select(item => item.Name)) is { } near ? $"did you mean '{near}'?" : $"add the {kind}, or correct the name";
}
