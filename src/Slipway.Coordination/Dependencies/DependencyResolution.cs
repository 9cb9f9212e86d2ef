using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Dependencies;

/// <summary>How the wait of an agent for all its dependencies ended.</summary>
/// <param name="Results">One result a dependency, in the order given; empty when the wait was refused.</param>
/// <param name="Problems">Why nothing was waited for; empty when it was.</param>
public sealed record DependencyResolution(IReadOnlyList<DependencyResult> Results, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>True when every dependency is there. An agent without any may begin.</summary>
    public bool Success => Problems.Count == 0 && Results.All(result => result.Success);
}
