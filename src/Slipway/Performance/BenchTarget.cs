namespace Slipway.Performance;

/// <summary>What is to be reached, and by what measurement.</summary>
/// <param name="Name">The stable name, such as <c>signal-propagation</c>.</param>
/// <param name="Operation">What it is about; of a contract's target exactly the row of its table.</param>
/// <param name="Measured">What is measured, in one line for people.</param>
/// <param name="Limit">What must not be exceeded, or must be reached.</param>
/// <param name="Unit">The unit of the limit and of all figures: <c>s</c>, <c>ms</c>, <c>µs</c>, <c>ns</c>, <c>bytes</c>, <c>/s</c>, <c>x</c>, <c>%</c> or what is counted.</param>
public sealed record BenchTarget(string Name, string Operation, string Measured, double Limit, string Unit)
{
    /// <summary>Where it comes from. Default: the contract.</summary>
    public TargetSource Source { get; init; }

    /// <summary>True when the limit must be reached, as of rates; false when it must not be exceeded, as of times. Default: false.</summary>
    public bool IsFloor { get; init; }

    /// <summary>Which figure counts. Default: the 99th percentile.</summary>
    public Statistic Statistic { get; init; }

    /// <summary>True when a figure reaches the target.</summary>
    public bool IsReachedBy(double figure) => IsFloor ? figure >= Limit : figure <= Limit;
}
