namespace Slipway.Coordination.Routing;

/// <summary>One routing: what was asked, what was decided, why, and how long it took.</summary>
public sealed record RoutingHistoryRecord
{
    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What it was about, with the retry count that counted.</summary>
    public required RoutingContext Context { get; init; }

    /// <summary>What was decided.</summary>
    public required RoutingResult Result { get; init; }

    /// <summary>How long the deciding took.</summary>
    public required TimeSpan RoutingTime { get; init; }

    /// <summary>How large the state was and what it showed; null when no router looked at that.</summary>
    public StateComplexityMetrics? StateSummary { get; init; }

    /// <summary>Why.</summary>
    public required RoutingExplanation Explanation { get; init; }

    /// <summary>The id of this routing.</summary>
    public string RoutingId => Context.RoutingId;

    /// <summary>Where to go.</summary>
    public RoutingDecision Decision => Result.Decision;

    /// <summary>How many routers gave an answer.</summary>
    public int RoutersEvaluated => Explanation.Routers.Count(router => router.Standing is not RouterStanding.Failed);
}
