namespace Slipway.Coordination.Runs;

/// <summary>Where a run stands below the steps of others.</summary>
/// <param name="Depth">How many runs are above it.</param>
/// <param name="Tokens">The tokens of the locks that the steps above it hold.</param>
/// <param name="Resources">What those locks are on.</param>
internal sealed record RunPlace(int Depth, IReadOnlyList<long> Tokens, IReadOnlySet<string> Resources)
{
    /// <summary>How deep runs may lie below each other.</summary>
    public const int DeepestNesting = 32;

    /// <summary>A run of its own.</summary>
    public static RunPlace Top { get; } = new(0, [], new HashSet<string>());
}
