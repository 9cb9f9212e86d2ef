namespace Slipway.Coordination.Journal;

/// <summary>
/// Durable, ordered storage of run events. A run <em>is</em> its events. Every implementation must pass the
/// journal conformance suite. All members are safe to call from many threads.
/// </summary>
public interface IRunJournal
{
    /// <summary>Takes the lease to write a run, creating the run's journal when there is none.</summary>
    /// <param name="runId">The run's id, 1 to 200 characters.</param>
    /// <param name="owner">Who asks, for people.</param>
    /// <param name="duration">How long the lease lasts unless renewed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The lease, or null when another owner's lease is still valid.</returns>
    ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Prolongs a lease.</summary>
    /// <returns>The prolonged lease, or null when it was lost to another owner.</returns>
    ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back. A lease that was lost already is ignored.</summary>
    ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default);

    /// <summary>Who may write the run now: the valid lease, or null.</summary>
    ValueTask<RunLease?> GetLeaseAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Appends events, all or none. When it returns the events are as durable as the store makes them.</summary>
    /// <param name="lease">The valid lease of the run.</param>
    /// <param name="expectedSequence">The sequence of the newest event the caller knows; 0 for an empty journal.</param>
    /// <param name="events">One event or more. The list may be used again by the caller once the append has completed.</param>
    /// <param name="cancellationToken">Cancels the wait, not an append under way.</param>
    /// <returns>The sequence of the last event appended.</returns>
    /// <exception cref="JournalConflictException">The lease was lost or the sequence is not the one expected; nothing was appended.</exception>
    ValueTask<long> AppendAsync(RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Reads a run's events in order.</summary>
    /// <param name="runId">The run; an unknown one has no events.</param>
    /// <param name="afterSequence">Only events after this sequence; 0 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<JournalEntry> ReadAsync(string runId, long afterSequence = 0, CancellationToken cancellationToken = default);

    /// <summary>The ids of all runs, newest first by the time of their first event, then by id.</summary>
    IAsyncEnumerable<string> ListRunsAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a run with all its events.</summary>
    /// <returns>False when the run does not exist or another owner's lease on it is valid.</returns>
    ValueTask<bool> TryDeleteAsync(string runId, CancellationToken cancellationToken = default);
}
