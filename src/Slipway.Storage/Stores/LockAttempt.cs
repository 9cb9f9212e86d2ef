using Slipway.Coordination.Locks;

namespace Slipway.Storage.Stores;

/// <summary>What became of an attempt to take locks.</summary>
/// <param name="Ticket">The place in the queue, to come back with; smaller ones go first.</param>
/// <param name="Grant">What was given; null when something stands in the way.</param>
/// <param name="Blocker">A lock that stands in the way; null when others only wait for it too.</param>
/// <param name="RetryAfter">When what stands in the way runs out unless it is renewed.</param>
internal sealed record LockAttempt(long Ticket, LockGrant? Grant, ResourceLock? Blocker, TimeSpan RetryAfter);
