using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;
using static Slipway.Kubernetes.Generation.Docs.Markdown;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>What goes wrong, how to see it, and what to do.</summary>
internal static class TroubleshootingDocument
{
    public static string Write(DocumentationSource source)
    {
        var page = new Markdown().Heading(1, "Troubleshooting");
        if (source.Unknowns.Count > 0)
        {
            page.Heading(2, "Unknown values")
                .Paragraph("These values were not known when the files were made; nothing that holds one can be applied. Make Terraform give them, or map them in `slipway.yaml`, and run `slipway up` again.")
                .List(source.Unknowns.Select(unknown => $"{Code(unknown.Name)} in {Codes(unknown.Files)}"));
        }

        foreach (var environment in source.Environments) AppendEnvironment(page, source, environment);
        AppendCluster(page, source);
        return page.ToString();
    }

    private static void AppendEnvironment(Markdown page, DocumentationSource source, EnvironmentNames environment)
    {
        var space = environment.Namespace;
        page.Heading(2, $"Environment {environment.Name}")
            .Heading(3, "What is wrong at all")
            .Shell(
                $"kubectl get pods --namespace {space} --selector app.kubernetes.io/instance={environment.Instance}",
                $"kubectl get events --namespace {space} --sort-by=.lastTimestamp");
        if (source.Deployments.FirstOrDefault() is { } first)
        {
            var name = environment.Of(first.Name);
            page.Heading(3, "A pod does not start")
                .Paragraph("`ImagePullBackOff`: the image is not in the registry. `CreateContainerConfigError`: a secret is missing, see below. `CrashLoopBackOff`: read the log of the run before.")
                .Shell(
                    $"kubectl describe deployment/{name} --namespace {space}",
                    $"kubectl logs deployment/{name} --namespace {space} --all-containers --tail=100",
                    $"kubectl logs --namespace {space} --selector app.kubernetes.io/name={first.Name},app.kubernetes.io/instance={environment.Instance} --previous --tail=100");
            page.Paragraph($"The root file system is read-only. If the program must write elsewhere, list the path under `writablePaths` of the service. Pods run as user {source.Platform.Of(first.RunAsUser)} and never as root.");
        }

        AppendSecrets(page, source, environment);
        AppendCalls(page, source, environment);
        if (source.HasIngress)
        {
            page.Heading(3, "The load balancer does not appear, or answers 502 or 503")
                .Shell($"kubectl describe ingress --namespace {space}", $"kubectl get targetgroupbindings --namespace {space}");
        }
    }

    private static void AppendSecrets(Markdown page, DocumentationSource source, EnvironmentNames environment)
    {
        if (source.Inventory.Secrets.Count == 0) return;
        page.Heading(3, "A secret is missing")
            .Paragraph($"`SecretSyncedError` names the property or the secret that AWS does not have or the role may not read{See(source, "secrets-management.md")}.")
            .Shell(source.Inventory.Secrets.Select(secret => $"kubectl describe externalsecret/{environment.Of(secret.Name)} --namespace {environment.Namespace}"));
    }

    private static void AppendCalls(Markdown page, DocumentationSource source, EnvironmentNames environment)
    {
        var caller = source.Deployments.FirstOrDefault(workload => Called(source, workload) is not null);
        if (caller is null || Called(source, caller) is not { } called) return;
        page.Heading(3, "One service does not reach another")
            .Paragraph(
                $"Only those that say so may call each other{See(source, "architecture.md")}. {Code(environment.Of(called.Name))} must have ready pods behind it, "
                + $"and {Code(caller.Name)} must list it under `egress.services` or take its address.")
            .Shell(
                $"kubectl get endpointslices --namespace {environment.Namespace} --selector kubernetes.io/service-name={environment.Of(called.Name)}",
                $"kubectl get networkpolicies --namespace {environment.Namespace}");
    }

    private static string See(DocumentationSource source, string document) => source.Makes(document) ? $" ({source.Link(document, document)})" : "";

    private static Workload? Called(DocumentationSource source, Workload caller) =>
        ArchitectureDiagram.Calls(source, caller)
            .Select(name => source.Inventory.Workloads.First(workload => workload.Name == name))
            .FirstOrDefault(workload => workload.Ports.Count > 0);

    private static void AppendCluster(Markdown page, DocumentationSource source)
    {
        page.Heading(2, "The cluster's infrastructure");
        foreach (var chart in source.Charts)
        {
            page.Heading(3, chart.Name)
                .Shell($"kubectl get pods --namespace {chart.Namespace} --selector app.kubernetes.io/instance={chart.Name}");
        }

        if (source.Inventory.Secrets.Count > 0)
        {
            page.Heading(3, "The secret store is not ready")
                .Paragraph($"`AccessDenied` means that the role's trust policy does not name {Code(SecretStoreAccount.Subject)}{See(source, "iam-setup.md")}.")
                .Shell($"kubectl describe clustersecretstore/{SecretStoreNames.Name}", $"kubectl get serviceaccount {SecretStoreAccount.Name} --namespace {SecretStoreAccount.Namespace} --output yaml");
        }
    }
}
