namespace Slipway.Coordination.Signals.Stores;

/// <summary>
/// Durable, ordered storage of signals that processes share. It gives positions and keeps bodies as they are; it does not read them. Every
/// implementation must pass the signal store conformance suite. All members are safe to call from many threads and processes.
/// </summary>
/// <remarks>Coordination ids have 1 to 100 characters and are told apart exactly, by every character.</remarks>
public interface ISignalStore
{
    /// <summary>Appends signals, all or none, at consecutive positions. When it returns they are as durable as the store makes them.</summary>
    /// <param name="coordinationId">The coordination; it need not exist.</param>
    /// <param name="bodies">One body or more, each a UTF-8 JSON object. The memory may be used again by the caller once the append has completed.</param>
    /// <param name="cancellationToken">Cancels the wait, not an append under way.</param>
    /// <returns>The position of the last one, counted from 1 without gaps in each coordination; null when the coordination is completed and nothing was appended.</returns>
    ValueTask<long?> AppendAsync(string coordinationId, IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken = default);

    /// <summary>How far a coordination is. An unknown one is at position 0 and not completed.</summary>
    ValueTask<SignalStoreState> GetStateAsync(string coordinationId, CancellationToken cancellationToken = default);

    /// <summary>Reads the signals that are there, in order.</summary>
    /// <param name="coordinationId">The coordination; an unknown one has none.</param>
    /// <param name="afterPosition">Only those after this position; 0 for all.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    IAsyncEnumerable<StoredSignal> ReadAsync(string coordinationId, long afterPosition = 0, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the signals that are there and then every new one as it comes, in order, each once, whichever process appends it. Ends when
    /// the coordination is completed and all its signals were given, or when it is deleted: one that has not reached the position was. A
    /// watch from position 0 waits for a coordination that does not exist yet.
    /// </summary>
    /// <param name="coordinationId">The coordination. While it is watched, its id is not used again after a deletion.</param>
    /// <param name="afterPosition">Only those after this position; 0 for all.</param>
    /// <param name="cancellationToken">Ends the watch with an <see cref="OperationCanceledException"/>.</param>
    IAsyncEnumerable<StoredSignal> WatchAsync(string coordinationId, long afterPosition, CancellationToken cancellationToken = default);

    /// <summary>Ends a coordination: nothing more can be appended.</summary>
    /// <returns>False when nothing was ever appended to it or it had ended already.</returns>
    ValueTask<bool> TryCompleteAsync(string coordinationId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the oldest signals of a coordination, but never the newest one: positions go on as before, and who reads begins with the first that
    /// is left. Default: nothing is removed.
    /// </summary>
    /// <param name="coordinationId">The coordination; an unknown one has none.</param>
    /// <param name="throughPosition">The last position that is to go.</param>
    /// <param name="cancellationToken">Cancels the wait, not a removal under way.</param>
    /// <returns>How many were removed.</returns>
    ValueTask<long> TrimAsync(string coordinationId, long throughPosition, CancellationToken cancellationToken = default) => ValueTask.FromResult(0L);

    /// <summary>Removes a coordination with all its signals; its id may be used again, from position 1.</summary>
    /// <returns>False when nothing was ever appended to it.</returns>
    ValueTask<bool> TryDeleteAsync(string coordinationId, CancellationToken cancellationToken = default);
}
