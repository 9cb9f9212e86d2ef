namespace Slipway.Coordination.Routing;

/// <summary>What a router has done since it was made or cleared.</summary>
/// <param name="Total">How many routings.</param>
/// <param name="Average">How long one took on average; 0 when there was none.</param>
/// <param name="Shortest">The shortest; 0 when there was none.</param>
/// <param name="Longest">The longest.</param>
/// <param name="Decisions">How often each decision was made; those that never were are not there.</param>
/// <param name="Strategies">How often each strategy decided; those that never did are not there.</param>
public sealed record RoutingStats(
    long Total,
    TimeSpan Average,
    TimeSpan Shortest,
    TimeSpan Longest,
    IReadOnlyDictionary<RoutingDecision, long> Decisions,
    IReadOnlyDictionary<RoutingStrategy, long> Strategies);
