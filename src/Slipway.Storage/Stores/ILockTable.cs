using Slipway.Coordination.Locks;

namespace Slipway.Storage.Stores;

/// <summary>
/// What a database does for a <see cref="LockStore"/>. Who waits has a ticket that is a lease as well, so that the place in the queue of a process that
/// died does not stay for ever. Whatever frees a resource rings its topic.
/// </summary>
internal interface ILockTable
{
    /// <summary>Takes all or nothing; where it is nothing, keeps or renews the place in the queue.</summary>
    /// <param name="request">What, for whom.</param>
    /// <param name="ticket">The ticket of an earlier attempt; 0 for the first.</param>
    /// <param name="cancellationToken">Cancels the wait for the database.</param>
    ValueTask<LockAttempt> TryAcquireAsync(LockRequest request, long ticket, CancellationToken cancellationToken);

    /// <summary>Gives up the place in the queue.</summary>
    ValueTask LeaveAsync(long ticket, CancellationToken cancellationToken);

    /// <summary>Prolongs grants.</summary>
    /// <returns>The new end, and the tokens of the grants that were not lost.</returns>
    ValueTask<(DateTimeOffset Until, IReadOnlySet<long> Tokens)> RenewAsync(IReadOnlyList<long> tokens, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Removes a grant.</summary>
    /// <param name="token">Its token.</param>
    /// <param name="mustBeValid">Whether one that has run out is left.</param>
    /// <param name="cancellationToken">Cancels the wait for the database.</param>
    /// <returns>False when there is none.</returns>
    ValueTask<bool> RemoveAsync(long token, bool mustBeValid, CancellationToken cancellationToken);

    /// <summary>Removes all grants and tickets of a run.</summary>
    /// <returns>How many grants there were.</returns>
    ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken);

    ValueTask<List<ResourceLock>> ListAsync(CancellationToken cancellationToken);
}
