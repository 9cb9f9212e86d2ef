using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>What is known of a file's values.</summary>
/// <param name="File">The file, below the repository's root.</param>
/// <param name="Item">The item of the generation plan that makes it; null when none does.</param>
/// <param name="IsOnDisk">False when the file is not there (yet), so that lines are those it would have.</param>
/// <param name="Values">The values asked for, in the file's order; empty for a file that is not YAML.</param>
/// <param name="Problems">What is wrong with the question or the file.</param>
public sealed record Explanation(
    string File,
    GenerationItem? Item,
    bool IsOnDisk,
    IReadOnlyList<ExplainedValue> Values,
    IReadOnlyList<Diagnostic> Problems);
