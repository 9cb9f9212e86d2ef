using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Dependencies;

/// <summary>Knows when dependencies of one kind are there. Called from many threads at once.</summary>
public interface IDependencySource
{
    /// <summary>The kind.</summary>
    DependencyKind Kind { get; }

    /// <summary>Says what is wrong with a dependency before anything waits. Default: nothing.</summary>
    IReadOnlyList<Diagnostic> Check(Dependency dependency) => [];

    /// <summary>True when there is such a target. Default: true.</summary>
    bool IsKnown(string coordinationId, string target) => true;

    /// <summary>Says for people what a wait is still lacking; told when it times out. Default: nothing.</summary>
    string? Explain(DependencyWait wait) => null;

    /// <summary>
    /// Waits until a dependency is there or cannot come: one attempt. A failure of kind transient or timeout, and an exception that counts as
    /// one, is followed by another attempt after 1, 2, 4 s and so on, while the dependency's retries last.
    /// </summary>
    /// <param name="wait">Who waits for what.</param>
    /// <param name="cancellationToken">Ends the wait: at the dependency's timeout, or when it is not needed any longer.</param>
    Task<DependencyOutcome> WaitAsync(DependencyWait wait, CancellationToken cancellationToken);
}
