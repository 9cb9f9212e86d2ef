namespace Slipway.Performance;

/// <summary>Which figure of several measurements is held against a target.</summary>
public enum Statistic
{
    /// <summary>The value that 99 of 100 do not exceed.</summary>
    P99,

    /// <summary>The value in the middle.</summary>
    P50,

    /// <summary>The average.</summary>
    Mean,

    /// <summary>The largest.</summary>
    Max,
}
