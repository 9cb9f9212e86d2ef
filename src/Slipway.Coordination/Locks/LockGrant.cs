namespace Slipway.Coordination.Locks;

/// <summary>The right to modify resources for a time.</summary>
/// <param name="RunId">The run.</param>
/// <param name="StepId">The step.</param>
/// <param name="Resources">All that may be modified.</param>
/// <param name="FencingToken">
/// Grows with every grant of the store. Who receives a request that carries a token smaller than one it has seen for the resource should
/// refuse it: its sender has lost the lock and does not know yet.
/// </param>
/// <param name="ExpiresAt">When it ends unless renewed.</param>
public sealed record LockGrant(string RunId, string StepId, IReadOnlyList<string> Resources, long FencingToken, DateTimeOffset ExpiresAt);
