namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>Lines that a person and the generator changed differently.</summary>
/// <param name="Line">The first of the person's lines in the merged text, from 1; where the person removed lines, the one that follows.</param>
/// <param name="Count">How many lines the person has there; 0 when they were removed.</param>
/// <param name="GeneratedLine">The first of the generator's lines in the new text, from 1.</param>
/// <param name="GeneratedCount">How many lines the generator has there.</param>
internal sealed record MergeConflict(int Line, int Count, int GeneratedLine, int GeneratedCount);
