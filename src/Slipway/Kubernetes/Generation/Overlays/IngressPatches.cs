using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>Gives the base's ingress without a domain the hosts of an environment, its certificate and the redirect to HTTPS.</summary>
internal sealed class IngressPatches(EnvironmentDefinition environment, BaseObjects objects, OverlayNodes nodes)
{
    private const string Alb = "alb.ingress.kubernetes.io/";

    public IEnumerable<MappingNode> All() => environment.Hosts.Count == 0 ? [] : objects.OfKind("Ingress").Select(Patch);

    private MappingNode Patch(MappingNode ingress)
    {
        var patch = BaseObjects.Patch(ingress);
        if (environment.CertificateArn is { } certificate)
        {
            patch.Mapping("metadata")!.Add("annotations", new MappingNode()
                .Add($"{Alb}certificate-arn", nodes.Override(certificate))
                .Add($"{Alb}listen-ports", OverlayNodes.Derived("""[{"HTTP": 80}, {"HTTPS": 443}]""", "an ingress with a certificate"))
                .Add($"{Alb}ssl-redirect", OverlayNodes.Derived("443", "an ingress with a certificate")));
        }

        // Kustomize replaces the list of rules as a whole, so each host repeats the base's paths.
        var paths = ingress.Mapping("spec")?.Sequence("rules")?.OfType<MappingNode>().Select(rule => rule["http"]).OfType<Node>().ToList() ?? [];
        var rules = new SequenceNode();
        foreach (var host in environment.Hosts)
        {
            foreach (var http in paths) rules.Add(new MappingNode().Add("host", nodes.Override(host)).Add("http", http));
        }

        return patch.Add("spec", new MappingNode().Add("rules", rules));
    }
}
