namespace Slipway.Kubernetes.Generation.Tools;

/// <summary>The tools that make the base.</summary>
internal static class BaseTools
{
    public static IReadOnlyList<IGenerationTool> All { get; } =
    [
        new DirectoryTool(),
        new NamespaceTool(),
        new ServiceAccountTool(),
        new RoleTool(),
        new RoleBindingTool(),
        new ConfigMapTool(),
        new SecretTool(),
        new ExternalSecretTool(),
        new SecretStoreTool(),
        .. WorkloadTool.All,
        new PersistentVolumeClaimTool(),
        new ServiceTool(),
        new IngressTool(),
        new NetworkPolicyTool(),
        new AutoscalerTool(),
        new DisruptionBudgetTool(),
        new KustomizationTool(),
    ];
}
