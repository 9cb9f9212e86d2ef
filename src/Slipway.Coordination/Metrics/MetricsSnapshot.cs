namespace Slipway.Coordination.Metrics;

/// <summary>What a collector knows at one moment. <see cref="MetricJson"/> writes it with the names of the original statistics.</summary>
public sealed record MetricsSnapshot
{
    /// <summary>How many metrics wait in the buffer.</summary>
    public required int BufferSize { get; init; }

    /// <summary>How many can wait there.</summary>
    public required int BufferCapacity { get; init; }

    /// <summary>How many were recorded since the buffer was last emptied, wholly or by a batch.</summary>
    public required long MetricsSinceFlush { get; init; }

    /// <summary>How many were recorded, dropped ones among them.</summary>
    public required long Recorded { get; init; }

    /// <summary>How many were dropped, by reason; reasons that did not occur are left out.</summary>
    public required IReadOnlyDictionary<MetricDropReason, long> DroppedByReason { get; init; }

    /// <summary>How many alerts were triggered.</summary>
    public required long AlertsTriggered { get; init; }

    /// <summary>How many alerts were held back because the same had been triggered shortly before.</summary>
    public required long AlertsSuppressed { get; init; }

    /// <summary>How each sink has fared, in the order they were given.</summary>
    public required IReadOnlyList<SinkReport> Sinks { get; init; }

    /// <summary>The summary of each name, such as <see cref="CoordinationMetricNames.ContextDistributionTime"/>; sorted by name.</summary>
    public required IReadOnlyDictionary<string, MetricSummary> Metrics { get; init; }

    /// <summary>How many were dropped for any reason.</summary>
    public long Dropped => DroppedByReason.Values.Sum();
}
