namespace Slipway.Coordination.Locks;

/// <summary>
/// Who modifies what, across runs, engines and, where the store is durable, processes. Locks are leases: each ends by itself unless it is
/// renewed. A request gets all its resources at once or none, so nobody holds one while waiting for another, and requests are served in
/// the order they came wherever their resources overlap, so nobody waits for ever. Every implementation must pass the lock conformance
/// suite. All members are safe to call from many threads.
/// </summary>
public interface ILockStore
{
    /// <summary>Takes all resources of a request, waiting for them in the order of asking.</summary>
    /// <param name="request">What, for whom.</param>
    /// <param name="onBlocked">Called, at most once, with a lock that stands in the way; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Gives up; nothing is held then.</param>
    ValueTask<LockGrant> AcquireAsync(LockRequest request, Action<ResourceLock>? onBlocked = null, CancellationToken cancellationToken = default);

    /// <summary>Prolongs grants.</summary>
    /// <param name="grants">What is held.</param>
    /// <param name="duration">How long from now.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The prolonged grants; one that is missing was lost: it had expired and was taken, or was broken.</returns>
    ValueTask<IReadOnlyList<LockGrant>> RenewAsync(IReadOnlyList<LockGrant> grants, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Gives a grant back and wakes who waits. One that was lost already is ignored.</summary>
    ValueTask ReleaseAsync(LockGrant grant, CancellationToken cancellationToken = default);

    /// <summary>Gives back all that a run holds, because its process died and another goes on with it.</summary>
    /// <returns>How many grants were given back.</returns>
    ValueTask<int> ReleaseRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>All valid locks, by resource and then by token.</summary>
    IAsyncEnumerable<ResourceLock> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a lock away from its holder: a person has seen that nobody acts on the resource. The whole grant is lost.</summary>
    /// <param name="fencingToken">The token of the grant, as listed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False when there is no such valid grant.</returns>
    ValueTask<bool> BreakAsync(long fencingToken, CancellationToken cancellationToken = default);
}
