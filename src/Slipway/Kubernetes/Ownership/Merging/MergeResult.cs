namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>What came of a three-way merge.</summary>
/// <param name="Text">The merged text; where both sides changed the same lines, the person's.</param>
/// <param name="Conflicts">Where both sides changed the same lines differently, as lines of <see cref="Text"/>.</param>
internal sealed record MergeResult(string Text, IReadOnlyList<MergeConflict> Conflicts);
