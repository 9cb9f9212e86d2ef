namespace Slipway.Coordination.Metrics;

/// <summary>All that was recorded under one name since the collector was made, in short.</summary>
public sealed record MetricSummary
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What the numbers mean.</summary>
    public required MetricType Type { get; init; }

    /// <summary>The unit of all numbers here.</summary>
    public required string Unit { get; init; }

    /// <summary>How many were recorded.</summary>
    public required long Count { get; init; }

    /// <summary>Their sum: of a counter, its total.</summary>
    public required double Sum { get; init; }

    /// <summary>The smallest; 0 when there is none.</summary>
    public required double Min { get; init; }

    /// <summary>The largest; 0 when there is none.</summary>
    public required double Max { get; init; }

    /// <summary>The newest: of a gauge, its level; 0 when there is none.</summary>
    public required double Last { get; init; }

    /// <summary>Half of all are at most so large, within 3.2 % for absolute values between 0.000001 and 10^13.</summary>
    public required double P50 { get; init; }

    /// <summary>99 of 100 are at most so large, with the same precision.</summary>
    public required double P99 { get; init; }

    /// <summary>Their mean; 0 when there is none.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;
}
