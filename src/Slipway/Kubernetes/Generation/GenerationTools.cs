using Slipway.Kubernetes.Generation.Items;
using Slipway.Kubernetes.Generation.Tools;

namespace Slipway.Kubernetes.Generation;

/// <summary>The generation tools by name.</summary>
public static class GenerationTools
{
    private static readonly Dictionary<string, IGenerationTool> ByName =
        BaseTools.All.Concat(RepositoryItems.Tools).ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>All tools, ordered by name.</summary>
    public static IReadOnlyList<IGenerationTool> All { get; } = [.. ByName.Values.OrderBy(tool => tool.Name, StringComparer.Ordinal)];

    /// <summary>The tool of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tool.</exception>
    public static IGenerationTool Get(string name) => ByName[name];
}
