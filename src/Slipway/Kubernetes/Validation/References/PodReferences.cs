using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>What pods name: accounts, config maps, secrets, claims, volumes, their own ports.</summary>
internal sealed class PodReferences(Scope scope, FindingList findings)
{
    public void Check()
    {
        foreach (var pod in scope.Pods)
        {
            CheckAccount(pod);
            CheckVolumes(pod);
            CheckPullSecrets(pod);
            foreach (var (container, path) in pod.AllContainers) CheckContainer(pod, container, path);
        }
    }

    private void CheckAccount(PodTemplate pod)
    {
        if (pod.Spec.Text("serviceAccountName") is not { } name || name == "default") return;
        findings.Require(
            scope.Find("ServiceAccount", name, pod.Owner.Namespace) is not null,
            Codes.ServiceAccountMissing,
            pod.Owner,
            pod.Path["serviceAccountName"],
            $"the ServiceAccount '{name}' does not exist",
            Suggest("ServiceAccount", name));
    }

    // A pod starts without them, but mostly cannot fetch its image then.
    private void CheckPullSecrets(PodTemplate pod)
    {
        var secrets = pod.Spec.Sequence("imagePullSecrets") ?? [];
        for (var at = 0; at < secrets.Count; at++)
        {
            if ((secrets[at] as MappingNode)?.Text("name") is { } name)
                findings.Advise(KeySource.Secret(scope, name, pod.Owner.Namespace).Found, Codes.SecretMissing, pod.Owner, pod.Path["imagePullSecrets"][at]["name"], $"neither a Secret nor an ExternalSecret gives '{name}'", "add an ExternalSecret for it, or correct the name");
        }
    }

    private void CheckContainer(PodTemplate pod, MappingNode container, NodePath path)
    {
        var variables = container.Sequence("env") ?? [];
        for (var at = 0; at < variables.Count; at++)
        {
            if ((variables[at] as MappingNode)?.Mapping("valueFrom") is not { } source) continue;
            var place = path["env"][at]["valueFrom"];
            CheckKey(pod, source.Mapping("configMapKeyRef"), place["configMapKeyRef"], isSecret: false);
            CheckKey(pod, source.Mapping("secretKeyRef"), place["secretKeyRef"], isSecret: true);
        }

        var sources = container.Sequence("envFrom") ?? [];
        for (var at = 0; at < sources.Count; at++)
        {
            if (sources[at] is not MappingNode source) continue;
            CheckName(pod, source.Mapping("configMapRef"), "name", path["envFrom"][at]["configMapRef"], isSecret: false);
            CheckName(pod, source.Mapping("secretRef"), "name", path["envFrom"][at]["secretRef"], isSecret: true);
        }

        CheckMounts(pod, container, path, "volumeDevices");
        foreach (var probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"]) CheckProbe(pod, container, probe, path[probe]);
        CheckMounts(pod, container, path, "volumeMounts");
    }

    private void CheckProbe(PodTemplate pod, MappingNode container, string name, NodePath path)
    {
        foreach (var action in (string[])["httpGet", "tcpSocket"])
        {
            if (container.Mapping(name)?.Mapping(action)?["port"] is not ScalarNode { Kind: ScalarKind.String, Text: var port }) continue;
            findings.Require(
                (container.Sequence("ports") ?? []).OfType<MappingNode>().Any(declared => declared.Text("name") == port),
                Codes.ProbePort,
                pod.Owner,
                path[action]["port"],
                $"the container has no port named '{port}'",
                "name a port of the container, or write its number");
        }
    }

    private void CheckMounts(PodTemplate pod, MappingNode container, NodePath path, string field)
    {
        var volumes = (pod.Spec.Sequence("volumes") ?? []).OfType<MappingNode>().Select(volume => volume.Text("name"));
        var claims = (pod.Owner.Spec?.Sequence("volumeClaimTemplates") ?? []).OfType<MappingNode>().Select(claim => claim.Mapping("metadata")?.Text("name"));
        var known = volumes.Concat(claims).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var mounts = container.Sequence(field) ?? [];
        for (var at = 0; at < mounts.Count; at++)
        {
            if ((mounts[at] as MappingNode)?.Text("name") is not { } name) continue;
            findings.Require(known.Contains(name), Codes.VolumeMissing, pod.Owner, path[field][at]["name"], $"the pod has no volume '{name}'", "add it under 'volumes', or name one that is there");
        }
    }

    private void CheckVolumes(PodTemplate pod)
    {
        var volumes = pod.Spec.Sequence("volumes") ?? [];
        for (var at = 0; at < volumes.Count; at++)
        {
            if (volumes[at] is not MappingNode volume) continue;
            var path = pod.Path["volumes"][at];
            CheckSource(pod, volume, path, "secretName");
            if (volume.Mapping("persistentVolumeClaim")?.Text("claimName") is { } claim)
            {
                findings.Require(
                    scope.Find("PersistentVolumeClaim", claim, pod.Owner.Namespace) is not null,
                    Codes.ClaimMissing,
                    pod.Owner,
                    path["persistentVolumeClaim"]["claimName"],
                    $"the PersistentVolumeClaim '{claim}' does not exist",
                    Suggest("PersistentVolumeClaim", claim));
            }

            var sources = volume.Mapping("projected")?.Sequence("sources") ?? [];
            for (var index = 0; index < sources.Count; index++)
            {
                if (sources[index] is MappingNode source) CheckSource(pod, source, path["projected"]["sources"][index], "name");
            }
        }
    }

    private void CheckSource(PodTemplate pod, MappingNode source, NodePath path, string secretField)
    {
        CheckName(pod, source.Mapping("configMap"), "name", path["configMap"], isSecret: false);
        CheckName(pod, source.Mapping("secret"), secretField, path["secret"], isSecret: true);
    }

    private void CheckName(PodTemplate pod, MappingNode? reference, string field, NodePath path, bool isSecret)
    {
        if (reference?.Text(field) is not { } name || reference.Text("optional") == "true") return;
        var (found, keys) = isSecret ? KeySource.Secret(scope, name, pod.Owner.Namespace) : KeySource.ConfigMap(scope, name, pod.Owner.Namespace);
        RequireFound(pod, found, name, path[field], isSecret);
        if (!found || keys is null) return;
        var items = reference.Sequence("items") ?? [];
        for (var at = 0; at < items.Count; at++)
        {
            if ((items[at] as MappingNode)?.Text("key") is { } key) RequireKey(pod, keys, key, name, path["items"][at]["key"], isSecret);
        }
    }

    private void CheckKey(PodTemplate pod, MappingNode? reference, NodePath path, bool isSecret)
    {
        if (reference?.Text("name") is not { } name || reference.Text("key") is not { } key || reference.Text("optional") == "true") return;
        var (found, keys) = isSecret ? KeySource.Secret(scope, name, pod.Owner.Namespace) : KeySource.ConfigMap(scope, name, pod.Owner.Namespace);
        RequireFound(pod, found, name, path["name"], isSecret);
        if (found && keys is not null) RequireKey(pod, keys, key, name, path["key"], isSecret);
    }

    private void RequireFound(PodTemplate pod, bool found, string name, NodePath path, bool isSecret)
    {
        if (isSecret)
            findings.Require(found, Codes.SecretMissing, pod.Owner, path, $"neither a Secret nor an ExternalSecret gives '{name}'", "add an ExternalSecret for it, correct the name, or say 'optional: true'");
        else
            findings.Require(found, Codes.ConfigMapMissing, pod.Owner, path, $"the ConfigMap '{name}' does not exist", Suggest("ConfigMap", name));
    }

    private void RequireKey(PodTemplate pod, HashSet<string> keys, string key, string name, NodePath path, bool isSecret) =>
        findings.Require(
            keys.Contains(key),
            isSecret ? Codes.SecretKeyMissing : Codes.ConfigMapKeyMissing,
            pod.Owner,
            path,
            $"the {(isSecret ? "Secret" : "ConfigMap")} '{name}' has no key '{key}'",
            Suggestion.Closest(key, keys) is { } near ? $"did you mean '{near}'?" : "add the key, or name one that is there");

    private string Suggest(string kind, string name) =>
        Suggestion.Closest(name, scope.OfKind(kind).Select(item => item.Name)) is { } near ? $"did you mean '{near}'?" : $"add the {kind}, or correct the name";
}
