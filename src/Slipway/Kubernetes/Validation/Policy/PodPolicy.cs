using Slipway.Documents;
using Slipway.Kubernetes.Validation.References;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>Whether pods are safe to run: the restricted Pod Security Standard, resources, probes, images.</summary>
internal sealed class PodPolicy(Scope scope, FindingList findings)
{
    private static readonly HashSet<string> Moving = new(StringComparer.Ordinal) { "canary", "dev", "develop", "edge", "head", "main", "master", "nightly", "stable" };

    public void Check()
    {
        foreach (var pod in scope.Pods)
        {
            CheckHost(pod);
            foreach (var (container, path) in pod.AllContainers)
            {
                CheckSecurity(pod, container, path);
                CheckTmp(pod, container, path);
                CheckImage(pod, container, path);
                CheckResources(pod, container, path);
            }

            if (pod.Owner.Kind is not ("Deployment" or "StatefulSet" or "DaemonSet" or "Rollout")) continue;
            foreach (var (container, path) in pod.Containers) CheckProbes(pod, container, path);
        }
    }

    private void CheckHost(PodTemplate pod)
    {
        PodHardening.Check(findings, pod);
        foreach (var field in (string[])["hostNetwork", "hostPID", "hostIPC"])
            findings.Require(pod.Spec.Text(field) != "true", Codes.HostAccess, pod.Owner, pod.Path[field], $"the pod shares the node's {field[4..]}", "remove it");
        var volumes = pod.Spec.Sequence("volumes") ?? [];
        for (var at = 0; at < volumes.Count; at++)
        {
            findings.Require(
                (volumes[at] as MappingNode)?.Has("hostPath") != true,
                Codes.HostAccess,
                pod.Owner,
                pod.Path["volumes"][at]["hostPath"],
                "the pod mounts a directory of the node",
                "use an emptyDir or a PersistentVolumeClaim");
        }
    }

    private void CheckSecurity(PodTemplate pod, MappingNode container, NodePath path)
    {
        var own = container.Mapping("securityContext");
        var shared = pod.Spec.Mapping("securityContext");
        var place = path["securityContext"];
        var name = container.Text("name");
        findings.Require(own?.Text("privileged") != "true", Codes.Privileged, pod.Owner, place["privileged"], $"the container '{name}' is privileged", "remove it");
        var user = own?.Has("runAsUser") == true ? own : shared;
        if (user?.Text("runAsUser") == "0" && user.Text("runAsNonRoot") != "true")
            findings.Error(Codes.RunsAsRoot, pod.Owner, user == own ? place["runAsUser"] : pod.Path["securityContext"]["runAsUser"], $"the container '{name}' runs as user 0, which is root", "choose another user");
        findings.Require(
            (own?.Text("runAsNonRoot") ?? shared?.Text("runAsNonRoot")) == "true",
            Codes.RunsAsRoot,
            pod.Owner,
            place["runAsNonRoot"],
            $"the container '{name}' may run as root",
            "add 'runAsNonRoot: true' to the pod's securityContext");
        findings.Require(
            own?.Text("allowPrivilegeEscalation") == "false",
            Codes.PrivilegeEscalation,
            pod.Owner,
            place["allowPrivilegeEscalation"],
            $"the container '{name}' may gain privileges",
            "add 'allowPrivilegeEscalation: false' to its securityContext");
        findings.Advise(
            own?.Text("readOnlyRootFilesystem") == "true",
            Codes.WritableRoot,
            pod.Owner,
            place["readOnlyRootFilesystem"],
            $"the container '{name}' can write to its root file system",
            "add 'readOnlyRootFilesystem: true', and mount an emptyDir where it must write");
        var capabilities = own?.Mapping("capabilities");
        var drops = (capabilities?.Sequence("drop") ?? []).OfType<ScalarNode>().Any(item => item.Text == "ALL");
        var adds = (capabilities?.Sequence("add") ?? []).OfType<ScalarNode>().Where(item => item.Text != "NET_BIND_SERVICE").Select(item => item.Text).ToList();
        findings.Require(drops, Codes.Capabilities, pod.Owner, place["capabilities"], $"the container '{name}' keeps capabilities", "add 'capabilities: {drop: [ALL]}' to its securityContext");
        findings.Require(adds.Count == 0, Codes.Capabilities, pod.Owner, place["capabilities"]["add"], $"the container '{name}' adds the capabilities {string.Join(", ", adds)}", "remove them; only NET_BIND_SERVICE is harmless");
        findings.Advise(
            (own?.Mapping("seccompProfile") ?? shared?.Mapping("seccompProfile"))?.Text("type") is "RuntimeDefault" or "Localhost",
            Codes.Seccomp,
            pod.Owner,
            place["seccompProfile"],
            $"the container '{name}' may make any system call",
            "add 'seccompProfile: {type: RuntimeDefault}' to the pod's securityContext");
    }

    private void CheckTmp(PodTemplate pod, MappingNode container, NodePath path)
    {
        if (container.Mapping("securityContext")?.Text("readOnlyRootFilesystem") != "true") return;
        var writable = (container.Sequence("volumeMounts") ?? []).OfType<MappingNode>()
            .Any(mount => mount.Text("readOnly") != "true" && mount.Text("mountPath")?.TrimEnd('/') is "/tmp" or "");
        findings.Advise(
            writable,
            Codes.NoWritableTmp,
            pod.Owner,
            path["volumeMounts"],
            $"the container '{container.Text("name")}' has a read-only root file system and no writable /tmp",
            "mount an emptyDir at /tmp");
    }

    private void CheckImage(PodTemplate pod, MappingNode container, NodePath path)
    {
        if (container.Text("image") is not { } image) return;
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        var colon = image.LastIndexOf(':');
        var hasTag = colon > image.LastIndexOf('/');
        var name = digest >= 0 ? image[..digest] : hasTag ? image[..colon] : image;
        if (scope.PinnedImages.Contains(name)) return;
        var tag = hasTag && digest < 0 ? image[(colon + 1)..] : null;
        findings.Require(
            digest >= 0 || tag is not (null or "latest"),
            Codes.FloatingTag,
            pod.Owner,
            path["image"],
            tag is null ? $"the image '{image}' has no tag, which means 'latest'" : $"the image '{image}' floats: 'latest' is another one tomorrow",
            "name a version or a digest, or set it with the kustomization's 'images'");
        findings.Advise(
            tag is null || !Moving.Contains(tag),
            Codes.FloatingTag,
            pod.Owner,
            path["image"],
            $"the image '{image}' floats: '{tag}' is another one tomorrow",
            "name a version or a digest, or set it with the kustomization's 'images'");
    }

    private void CheckResources(PodTemplate pod, MappingNode container, NodePath path)
    {
        var resources = container.Mapping("resources");
        foreach (var amount in (string[])["cpu", "memory"])
        {
            var place = path["resources"];
            findings.Advise(
                resources?.Mapping("requests")?.Has(amount) == true || resources?.Mapping("limits")?.Has(amount) == true,
                Codes.NoRequests,
                pod.Owner,
                place["requests"][amount],
                $"the container '{container.Text("name")}' requests no {amount}",
                $"add 'resources.requests.{amount}'");
            findings.Advise(
                resources?.Mapping("limits")?.Has(amount) == true,
                Codes.NoLimits,
                pod.Owner,
                place["limits"][amount],
                $"the container '{container.Text("name")}' has no limit of {amount}",
                $"add 'resources.limits.{amount}'");
        }
    }

    private void CheckProbes(PodTemplate pod, MappingNode container, NodePath path)
    {
        // A worker that serves nobody is never asked whether it is ready.
        if (container.Sequence("ports") is not { Count: > 0 }) return;
        var name = container.Text("name");
        findings.Advise(container.Has("readinessProbe"), Codes.NoReadiness, pod.Owner, path["readinessProbe"], $"nothing tells when the container '{name}' is ready", "add a readinessProbe");
        findings.Advise(container.Has("livenessProbe"), Codes.NoLiveness, pod.Owner, path["livenessProbe"], $"nothing tells when the container '{name}' hangs", "add a livenessProbe");
    }
}
