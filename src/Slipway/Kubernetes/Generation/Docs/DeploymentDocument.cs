using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;
using static Slipway.Kubernetes.Generation.Docs.Markdown;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>From an empty cluster to running environments, and back.</summary>
internal static class DeploymentDocument
{
    public static string Write(DocumentationSource source)
    {
        var text = source.Platform;
        var page = new Markdown()
            .Heading(1, "Deployment guide")
            .Paragraph("All commands run in the root of this repository. They need `aws`, `kubectl` and `helm`."
                + (source.Makes("argocd-setup.md") ? " With Argo CD, read [argocd-setup.md](argocd-setup.md) in the place of steps 3 and 4." : ""))
            .Heading(2, "1. Reach the cluster")
            .Shell(
                $"aws sts get-caller-identity --query Account --output text   # must be {text.Account}",
                $"aws eks update-kubeconfig --region '{text.Region}' --name '{text.Cluster}'",
                "kubectl cluster-info")
            .Heading(2, "2. Roles and secrets")
            .Paragraph($"Once per cluster: the {source.Link("IAM roles", "iam-setup.md")}, then the {source.Link("secrets", "secrets-management.md")}"
                + (source.SecretsToFill.Count == 0 ? "." : $", of which a person must fill {Codes(source.SecretsToFill.Select(text.RemoteName))}."));
        AppendInfrastructure(page, source);
        AppendImages(page, source);
        page.Heading(2, "4. Environments");
        foreach (var environment in source.Environments) AppendEnvironment(page, source, environment);
        AppendChanges(page, source);
        return page.ToString();
    }

    /// <summary>The commands that install the charts without Argo CD.</summary>
    public static IEnumerable<string> Install(PinnedChart chart) =>
    [
        $"helm upgrade --install {chart.Name} {chart.Chart} --repo {chart.Repository} --version {chart.Version} \\",
        $"  --namespace {chart.Namespace} --create-namespace --values infrastructure/{chart.Folder}/values.yaml --wait",
    ];

    private static void AppendInfrastructure(Markdown page, DocumentationSource source)
    {
        page.Heading(2, "3. The cluster's infrastructure")
            .Shell([.. PinnedCharts.For(source.Model).Where(chart => chart != PinnedCharts.ArgoCd).SelectMany(Install), "kubectl apply -k infrastructure"]);
        if (source.Inventory.Secrets.Count == 0) return;
        page.Paragraph("The store must be ready before the environments are:")
            .Shell($"kubectl wait --for=condition=Ready clustersecretstore/{SecretStoreNames.Name} --timeout=2m");
    }

    private static void AppendImages(Markdown page, DocumentationSource source)
    {
        if (source.Model.Facts.Registry is not { } registry) return;
        var repositories = source.Inventory.Workloads.Where(workload => workload.Image.FromRegistry).ToList();
        if (repositories.Count == 0) return;
        page.Heading(3, "Images")
            .Paragraph("The images of the registry must be there before the pods start. To push one, and to see that it is there:")
            .Shell(
            [
                $"aws ecr get-login-password --region '{source.Platform.Region}' \\",
                $"  | docker login --username AWS --password-stdin '{source.Platform.Of(registry.EcrBaseUrl)}'",
            ])
            .Table(["service", "image"], repositories.Select(workload => new[] { workload.Name, Code(Image(source, workload)) }));
    }

    private static string Image(DocumentationSource source, Workload workload)
    {
        var repository = source.Platform.Of(workload.Image.Repository);
        return workload.Image.Digest is { } digest ? $"{repository}@{source.Platform.Of(digest)}" : $"{repository}:{(workload.Image.Tag is { } tag ? source.Platform.Of(tag) : "")}";
    }

    private static void AppendEnvironment(Markdown page, DocumentationSource source, EnvironmentNames environment)
    {
        List<string> checks =
        [
            .. source.Deployments.Select(workload => $"kubectl rollout status deployment/{environment.Of(workload.Name)} --namespace {environment.Namespace} --timeout=5m"),
            .. source.Jobs.Select(workload => $"kubectl wait --for=condition=complete job/{environment.Of(workload.Name)} --namespace {environment.Namespace} --timeout=10m"),
        ];
        page.Heading(3, environment.Name)
            .Paragraph(Describe(source, environment))
            .Shell(
                $"kubectl kustomize {environment.Overlay} | kubectl apply --dry-run=client -f -",
                $"kubectl apply -k {environment.Overlay} --server-side");
        if (checks.Count > 0) page.Paragraph("It is up when each of these says so:").Shell(checks);
        if (source.HasIngress)
        {
            page.Paragraph(environment.Environment.Hosts.Count == 0
                    ? "The load balancer's own name is its address:"
                    : $"Point {Codes(environment.Environment.Hosts.Select(source.Platform.Of))} at the load balancer's name:")
                .Shell($"kubectl get ingress --namespace {environment.Namespace} --output jsonpath='{{.items[*].status.loadBalancer.ingress[*].hostname}}'");
        }
    }

    private static string Describe(DocumentationSource source, EnvironmentNames environment)
    {
        var definition = environment.Environment;
        var parts = new List<string> { $"Namespace {Code(environment.Namespace)}" };
        if (environment.Prefix.Length > 0) parts.Add($"every name begins with {Code(environment.Prefix)}");
        if (definition.Replicas is { } replicas) parts.Add($"pods of each service: {source.Platform.Of(replicas)}");
        if (source.HasIngress) parts.Add(definition.AllowedCidrs.Count == 0 ? "open to everybody" : $"open to {Codes(definition.AllowedCidrs.Select(source.Platform.Of))}");
        if (definition.CertificateArn is not null) parts.Add("HTTP is redirected to HTTPS");
        return string.Join("; ", parts) + ".";
    }

    private static void AppendChanges(Markdown page, DocumentationSource source)
    {
        page.Heading(2, "5. Changes")
            .Paragraph((source.Jobs.Any() ? "A Job that is there cannot be changed, so it is deleted before, and runs again. " : "")
                + "See what would change, apply it, and go back one revision of a service that does not come up:");
        foreach (var environment in source.Environments)
        {
            page.Shell(
            [
                $"kubectl diff -k {environment.Overlay} --server-side",
                .. source.Jobs.Select(workload => $"kubectl delete job/{environment.Of(workload.Name)} --namespace {environment.Namespace} --ignore-not-found"),
                $"kubectl apply -k {environment.Overlay} --server-side",
                .. source.Deployments.Take(1).SelectMany(example => new[]
                {
                    $"kubectl rollout restart deployment/{environment.Of(example.Name)} --namespace {environment.Namespace}",
                    $"kubectl rollout undo deployment/{environment.Of(example.Name)} --namespace {environment.Namespace}",
                }),
            ]);
        }

        page.Paragraph("Settings of an environment (pods, resources, hosts, allowed addresses) stand in `slipway.yaml`; run `slipway up` after a change, which keeps what was edited here by hand.");
    }
}
