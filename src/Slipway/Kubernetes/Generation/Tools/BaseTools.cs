namespace Slipway.Kubernetes.Generation.Tools;

/// <summary>The tools that make the base.</summary>
internal static class BaseTools
{
    public static IReadOnlyList<IGenerationTool> All { get; } = [new DirectoryTool()];
}
