namespace Slipway.Performance;

/// <summary>What was measured for a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Group">The group of targets that are measured together, such as <c>signals</c>.</param>
/// <param name="Verdict">Whether it is reached.</param>
public sealed record BenchResult(BenchTarget Target, string Group, Verdict Verdict)
{
    /// <summary>The median, in the target's unit; null when nothing was measured.</summary>
    public double? P50 { get; init; }

    /// <summary>The 99th percentile, in the target's unit; null when nothing was measured.</summary>
    public double? P99 { get; init; }

    /// <summary>The figure that was held against the target; null when nothing was measured.</summary>
    public double? Figure { get; init; }

    /// <summary>How many measurements there were.</summary>
    public int Count { get; init; }

    /// <summary>What else is worth knowing, or why nothing was measured; null for nothing.</summary>
    public string? Note { get; init; }
}
