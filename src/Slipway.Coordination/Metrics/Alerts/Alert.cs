namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>That a rule fired, and on what.</summary>
public sealed record Alert
{
    /// <summary>Unique: the rule's id and the metric's.</summary>
    public required string AlertId { get; init; }

    /// <summary>The rule that fired.</summary>
    public required string RuleId { get; init; }

    /// <summary>How urgent it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>The metric.</summary>
    public required string MetricName { get; init; }

    /// <summary>What its value was compared with.</summary>
    public required double Threshold { get; init; }

    /// <summary>Its value.</summary>
    public required double ActualValue { get; init; }

    /// <summary>What to tell people.</summary>
    public required string Message { get; init; }

    /// <summary>When the value was recorded, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The metric's tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>What the metric belongs to, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>How many like it were held back since the one before.</summary>
    public long Suppressed { get; init; }
}
