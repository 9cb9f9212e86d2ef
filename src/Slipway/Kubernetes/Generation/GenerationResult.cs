using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Generation;

/// <summary>What came of an item.</summary>
/// <param name="Files">The files; empty when an error was reported.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record GenerationResult(IReadOnlyList<GeneratedFile> Files, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>True when no error was reported.</summary>
    public bool Succeeded => !Problems.Any(problem => problem.Severity == Severity.Error);
}
