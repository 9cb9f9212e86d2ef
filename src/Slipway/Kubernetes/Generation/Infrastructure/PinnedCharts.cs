using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Infrastructure;

/// <summary>
/// The charts of the cluster's infrastructure. The versions are those of the charts' own <c>Chart.yaml</c>; newer ones are taken by raising
/// <c>targetRevision</c> in the generated application, which regeneration keeps.
/// </summary>
internal static class PinnedCharts
{
    /// <summary>External Secrets Operator, the first line of versions whose only served API is <c>external-secrets.io/v1</c>.</summary>
    public static PinnedChart ExternalSecrets { get; } =
        new("external-secrets", "external-secrets", "https://charts.external-secrets.io", "2.0.0", "v2.0.0", "external-secrets");

    /// <summary>AWS Load Balancer Controller.</summary>
    public static PinnedChart LoadBalancerController { get; } =
        new("aws-load-balancer-controller", "aws-load-balancer-controller", "https://aws.github.io/eks-charts", "1.13.4", "v2.13.4", "kube-system");

    /// <summary>Argo CD.</summary>
    public static PinnedChart ArgoCd { get; } =
        new("argo-cd", "argo-cd", "https://argoproj.github.io/argo-helm", "8.5.0", "v3.1.5", "argocd") { Folder = "argocd" };

    /// <summary>All, in the order in which they are installed.</summary>
    public static IReadOnlyList<PinnedChart> All { get; } = [ArgoCd, ExternalSecrets, LoadBalancerController];

    /// <summary>Those that a platform needs: External Secrets for secrets, the load balancer controller for ingresses.</summary>
    public static IReadOnlyList<PinnedChart> For(PlatformModel model) =>
    [
        .. All.Where(chart =>
            (chart != ExternalSecrets || model.Inventory.Secrets.Count > 0)
            && (chart != LoadBalancerController || model.Inventory.Workloads.Any(workload => workload.Ingress.Count > 0))),
    ];
}
