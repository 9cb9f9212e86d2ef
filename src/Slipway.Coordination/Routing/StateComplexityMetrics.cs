namespace Slipway.Coordination.Routing;

/// <summary>How large a state is and what it shows. Source of the score: 004.4 of the coordination contract.</summary>
/// <param name="KeyCount">How many keys it has at the top.</param>
/// <param name="NestedDepth">How deep objects and lists lie in each other: 1 for a state of plain values, 0 for an empty one.</param>
/// <param name="TotalSizeBytes">The length of its keys and values as JSON in UTF-8, as they were given.</param>
/// <param name="HasErrors">True when one of <c>error</c>, <c>errors</c>, <c>error_count</c> and <c>failed</c> is truthy.</param>
/// <param name="HasIncompleteData">True when <c>required_data</c> or <c>mandatory_fields</c> is there and falsy, or holds a null.</param>
public readonly record struct StateComplexityMetrics(int KeyCount, int NestedDepth, long TotalSizeBytes, bool HasErrors, bool HasIncompleteData)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Keys/100 × 0.4 + depth/10 × 0.3 + bytes/1 MB × 0.3, at most 1.</summary>
    public double ComplexityScore => Math.Min(1, (KeyCount / 100d * 0.4) + (NestedDepth / 10d * 0.3) + (TotalSizeBytes / Megabyte * 0.3));
}
