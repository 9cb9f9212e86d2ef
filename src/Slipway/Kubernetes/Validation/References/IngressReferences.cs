using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>Where an Ingress sends its traffic.</summary>
internal sealed class IngressReferences(Scope scope, FindingList findings, ManifestObject item)
{
    public void Check()
    {
        var annotated = item.Node.Mapping("metadata")?.Mapping("annotations")?.Has("kubernetes.io/ingress.class") == true;
        findings.Advise(
            item.Spec?.Has("ingressClassName") == true || annotated,
            Codes.IngressWithoutClass,
            item,
            NodePath.Of("spec.ingressClassName"),
            "the Ingress names no class, so that it depends on the cluster's default",
            "add 'ingressClassName'");
        CheckBackend(item.Spec?.Mapping("defaultBackend"), NodePath.Of("spec.defaultBackend"));
        CheckCertificates();
        var rules = item.Spec?.Sequence("rules") ?? [];
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var paths = (rules[rule] as MappingNode)?.Mapping("http")?.Sequence("paths") ?? [];
            for (var at = 0; at < paths.Count; at++)
                CheckBackend((paths[at] as MappingNode)?.Mapping("backend"), NodePath.Of("spec.rules")[rule]["http"]["paths"][at]["backend"]);
        }
    }

    // cert-manager makes the Secret of an Ingress that it is asked for by annotation.
    private void CheckCertificates()
    {
        if (item.Node.Mapping("metadata")?.Mapping("annotations")?.Any(entry => entry.Key.StartsWith("cert-manager.io/", StringComparison.Ordinal) || entry.Key == "kubernetes.io/tls-acme") == true) return;
        var certificates = item.Spec?.Sequence("tls") ?? [];
        for (var at = 0; at < certificates.Count; at++)
        {
            if ((certificates[at] as MappingNode)?.Text("secretName") is { } name)
                findings.Advise(KeySource.Secret(scope, name, item.Namespace).Found, Codes.SecretMissing, item, NodePath.Of("spec.tls")[at]["secretName"], $"neither a Secret, an ExternalSecret nor a Certificate gives '{name}'", "add one, or correct the name");
        }
    }

    private void CheckBackend(MappingNode? backend, NodePath path)
    {
        if (backend?.Mapping("service") is not { } reference || reference.Text("name") is not { } name) return;
        var port = reference.Mapping("port");

        // The AWS load balancer controller takes such a backend from an annotation.
        if (port?.Text("name") == "use-annotation") return;
        var service = scope.Find("Service", name, item.Namespace);
        findings.Require(
            service is not null,
            Codes.BackendMissing,
            item,
            path["service"]["name"],
            $"the Service '{name}' does not exist",
            Suggestion.Closest(name, scope.OfKind("Service").Select(known => known.Name)) is { } near ? $"did you mean '{near}'?" : "add the Service, or correct the name");
        if (service is null || port is null) return;
        var field = port.Has("name") ? "name" : "number";
        if (port.Text(field) is not { } wanted) return;
        var known = (service.Spec?.Sequence("ports") ?? []).OfType<MappingNode>().Select(entry => entry.Text(field == "name" ? "name" : "port")).OfType<string>().ToList();
        findings.Require(
            known.Contains(wanted, StringComparer.Ordinal),
            Codes.BackendPortMissing,
            item,
            path["service"]["port"][field],
            $"the Service '{name}' has no port {(field == "name" ? $"named '{wanted}'" : wanted)}",
            known.Count > 0 ? $"it has {string.Join(", ", known)}" : "add the port to the Service");
    }
}
