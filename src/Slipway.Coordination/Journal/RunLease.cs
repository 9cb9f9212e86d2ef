namespace Slipway.Coordination.Journal;

/// <summary>The right to write one run's journal. At most one lease of a run is valid at any time.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Owner">Who holds it, for people: <c>host/pid</c>.</param>
/// <param name="FencingToken">Grows with every acquisition; an append with a token that is no longer the newest is refused.</param>
/// <param name="ExpiresAt">When it ends unless renewed.</param>
public sealed record RunLease(string RunId, string Owner, long FencingToken, DateTimeOffset ExpiresAt);
