using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Validation.Loading;

namespace Slipway.Kubernetes.Validation.Building;

/// <summary>What became of a root.</summary>
/// <param name="Reach">The root and what it takes up.</param>
internal sealed record BuiltRoot(RootReach Reach)
{
    /// <summary>The objects it builds; empty when it was not built.</summary>
    public IReadOnlyList<ManifestObject> Objects { get; init; } = [];

    /// <summary>The text it builds; empty when it was not built.</summary>
    public string Text { get; init; } = "";

    /// <summary>True when it was built as a part of another root, so that it has no objects of its own.</summary>
    public bool IsWithin { get; init; }

    /// <summary>Why it does not build.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];

    /// <summary>Why it was not tried to build it; null when it was.</summary>
    public string? NotBuilt { get; init; }

    public bool IsBuilt => NotBuilt is null && Problems.Count == 0;
}
