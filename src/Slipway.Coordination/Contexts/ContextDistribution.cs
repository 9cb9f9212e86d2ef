using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>What became of a distribution: all packages or none.</summary>
/// <param name="Contexts">The packages by agent; empty when there are problems, or when nobody was to get one.</param>
/// <param name="Problems">Everything that was wrong; nothing was stored then.</param>
public sealed record ContextDistribution(IReadOnlyDictionary<string, AgentContext> Contexts, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>True when the packages are stored.</summary>
    public bool IsDistributed => Problems.Count == 0;
}
