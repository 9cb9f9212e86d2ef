using Slipway.Kubernetes.Generation.Infrastructure;
using static Slipway.Kubernetes.Generation.Docs.Markdown;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>How Argo CD is installed and keeps the cluster in step with this repository.</summary>
internal static class ArgoCdDocument
{
    public static string Write(DocumentationSource source)
    {
        var argo = PinnedCharts.ArgoCd;
        var settings = source.Model.GitOps;
        var page = new Markdown()
            .Heading(1, "Argo CD")
            .Paragraph(
                $"Argo CD takes this repository from {Code(source.Platform.Repository)}, revision {Code(source.Platform.Of(settings.Revision))}, folder "
                + $"{Code(source.Platform.Of(settings.Path))}. Every application is synchronised by hand; a failed synchronisation is tried five times more.")
            .Heading(2, "Install")
            .Shell(
            [
                .. DeploymentDocument.Install(argo),
                $"kubectl port-forward service/{argo.Name}-argocd-server --namespace {argo.Namespace} 8443:443",
            ])
            .Paragraph("In another terminal, with the `argocd` command:")
            .Shell(
                $"argocd login localhost:8443 --insecure --username admin --password \"$(kubectl get secret argocd-initial-admin-secret --namespace {argo.Namespace} --output jsonpath='{{.data.password}}' | base64 -d)\"",
                $"argocd repo add {Quoted(source.Platform.Repository)}",
                "kubectl apply -k argocd-apps")
            .Paragraph("A private repository needs credentials: see `argocd repo add --help`.")
            .Heading(2, "Phase 1: the cluster's infrastructure")
            .Shell(
            [
                .. PinnedCharts.For(source.Model).SelectMany(chart => new[] { $"argocd app sync {chart.Name}", $"argocd app wait {chart.Name} --health" }),
                $"argocd app sync {source.GitOps.Infrastructure}",
            ])
            .Heading(2, "Phase 2: the environments");
        foreach (var environment in source.Environments)
        {
            var name = source.GitOps.Environment(environment.Name);
            page.Shell($"argocd app diff {name}", $"argocd app sync {name}", $"argocd app wait {name} --health --timeout 600");
        }

        page.Heading(2, "What the projects allow")
            .List(
            [
                $"{Code(source.GitOps.Project)}: this repository, the namespaces {Codes(source.Environments.Select(environment => environment.Namespace).Distinct(StringComparer.Ordinal))}, and the kinds that the base has.",
                $"{Code(source.GitOps.InfrastructureProject)}: this repository and {Codes(PinnedCharts.For(source.Model).Select(chart => chart.Repository))}.",
            ])
            .Heading(2, "Versions")
            .Table(["chart", "version", "program"], PinnedCharts.For(source.Model).Select(chart => new[] { Code(chart.Chart), chart.Version, chart.AppVersion }));
        return page.ToString();
    }
}
