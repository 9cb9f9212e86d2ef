using Slipway.Coordination.Signals.Stores;

namespace Slipway.Storage.Stores;

/// <summary>What a database does for a <see cref="SignalStore"/>. Whatever changes a coordination rings its topic.</summary>
internal interface ISignalTable
{
    ValueTask<long?> AppendAsync(string coordinationId, IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken);

    /// <summary>The number of a coordination, which is never given again, and its state; null when there is none.</summary>
    ValueTask<(long Number, SignalStoreState State)?> FindAsync(string coordinationId, CancellationToken cancellationToken);

    /// <summary>The next signals after a position, not all of them; none at the end.</summary>
    ValueTask<List<StoredSignal>> ReadPageAsync(long number, long afterPosition, CancellationToken cancellationToken);

    ValueTask<bool> TryCompleteAsync(string coordinationId, CancellationToken cancellationToken);

    ValueTask<long> TrimAsync(string coordinationId, long throughPosition, CancellationToken cancellationToken);

    ValueTask<bool> TryDeleteAsync(string coordinationId, CancellationToken cancellationToken);
}
