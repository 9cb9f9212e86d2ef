using System.Runtime.CompilerServices;
using Slipway.Coordination.Signals.Stores;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Stores;

/// <summary>Signals in a database.</summary>
internal sealed class SignalStore(ISignalTable table, ChangeBell bell) : ISignalStore
{
    private const int LongestId = 100;

    public static string TopicOf(string coordinationId) => $"signals:{coordinationId}";

    public ValueTask<long?> AppendAsync(string coordinationId, IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken = default)
    {
        CheckId(coordinationId);
        ArgumentNullException.ThrowIfNull(bodies);
        ArgumentOutOfRangeException.ThrowIfZero(bodies.Count, nameof(bodies));
        cancellationToken.ThrowIfCancellationRequested();
        return table.AppendAsync(coordinationId, bodies, cancellationToken);
    }

    public async ValueTask<SignalStoreState> GetStateAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        CheckId(coordinationId);
        return (await table.FindAsync(coordinationId, cancellationToken))?.State ?? default;
    }

    public async IAsyncEnumerable<StoredSignal> ReadAsync(
        string coordinationId, long afterPosition = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CheckId(coordinationId);
        if (await table.FindAsync(coordinationId, cancellationToken) is not var (number, state)) yield break;
        await foreach (var signal in ReadAsync(number, Math.Max(0, afterPosition), state.LastPosition, cancellationToken)) yield return signal;
    }

    public async IAsyncEnumerable<StoredSignal> WatchAsync(
        string coordinationId, long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CheckId(coordinationId);
        using var watch = await bell.WatchAsync([TopicOf(coordinationId)], cancellationToken);
        var position = Math.Max(0, afterPosition);
        long? watched = null;
        do
        {
            if (await table.FindAsync(coordinationId, cancellationToken) is not var (number, state))
            {
                if (watched is not null || position > 0) yield break;
                continue;
            }

            watched ??= number;
            // One that has not reached the position was deleted and begun anew.
            if (watched != number || state.LastPosition < position) yield break;
            await foreach (var signal in ReadAsync(number, position, state.LastPosition, cancellationToken))
            {
                position = signal.Position;
                yield return signal;
            }

            if (state.IsCompleted || position < state.LastPosition) yield break;
        }
        while (await watch.WaitAsync(null, TimeProvider.System, cancellationToken));
    }

    public ValueTask<bool> TryCompleteAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        CheckId(coordinationId);
        return table.TryCompleteAsync(coordinationId, cancellationToken);
    }

    public ValueTask<long> TrimAsync(string coordinationId, long throughPosition, CancellationToken cancellationToken = default)
    {
        CheckId(coordinationId);
        return table.TrimAsync(coordinationId, throughPosition, cancellationToken);
    }

    public ValueTask<bool> TryDeleteAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        CheckId(coordinationId);
        return table.TryDeleteAsync(coordinationId, cancellationToken);
    }

    /// <summary>The signals behind a position up to another; fewer where they are deleted meanwhile.</summary>
    private async IAsyncEnumerable<StoredSignal> ReadAsync(long number, long position, long through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (position < through)
        {
            var page = await table.ReadPageAsync(number, position, cancellationToken);
            if (page.Count == 0) yield break;
            foreach (var signal in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                position = signal.Position;
                yield return signal;
            }
        }
    }

    private static void CheckId(string coordinationId)
    {
        ArgumentException.ThrowIfNullOrEmpty(coordinationId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(coordinationId.Length, LongestId, nameof(coordinationId));
    }
}
