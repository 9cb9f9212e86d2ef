namespace Slipway.Coordination.Metrics;

/// <summary>One recorded number, as sinks get it.</summary>
public sealed record Metric
{
    /// <summary>Unique for all collectors of one <see cref="MetricsOptions.Source"/>, and the same when a batch is tried again, so that a store can tell a repetition.</summary>
    public required string MetricId { get; init; }

    /// <summary>What was measured, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What the number means.</summary>
    public required MetricType Type { get; init; }

    /// <summary>The number, in <see cref="Unit"/>; always finite.</summary>
    public required double Value { get; init; }

    /// <summary>The unit, 1 to 20 characters: <c>ms</c>, <c>1</c>, <c>bytes</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>What the number is about, by name. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = TagSet.Empty.ByName;

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What it belongs to, such as a coordination id; null when it belongs to nothing.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The agent it is about, or null.</summary>
    public string? AgentId { get; init; }
}
