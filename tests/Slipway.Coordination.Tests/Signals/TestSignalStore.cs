using System.Runtime.CompilerServices;
using Slipway.Coordination.Signals.Stores;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>A store that the test can hold up and break, and that counts who watches.</summary>
internal sealed class TestSignalStore : ISignalStore
{
    private readonly InMemorySignalStore _inner = new();
    private int _watches;

    public Func<Task>? BeforeAppend { get; set; }

    /// <summary>Called before a watch gives a signal; what it throws breaks the watch.</summary>
    public Action<long>? BeforeWatched { get; set; }

    public int Watches => Volatile.Read(ref _watches);

    public async ValueTask<long?> AppendAsync(string coordinationId, IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken = default)
    {
        if (BeforeAppend is { } wait) await wait();
        return await _inner.AppendAsync(coordinationId, bodies, cancellationToken);
    }

    public ValueTask<SignalStoreState> GetStateAsync(string coordinationId, CancellationToken cancellationToken = default) =>
        _inner.GetStateAsync(coordinationId, cancellationToken);

    public ValueTask<long> TrimAsync(string coordinationId, long throughPosition, CancellationToken cancellationToken = default) =>
        _inner.TrimAsync(coordinationId, throughPosition, cancellationToken);

    public IAsyncEnumerable<StoredSignal> ReadAsync(string coordinationId, long afterPosition = 0, CancellationToken cancellationToken = default) =>
        _inner.ReadAsync(coordinationId, afterPosition, cancellationToken);

    public async IAsyncEnumerable<StoredSignal> WatchAsync(
        string coordinationId, long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _watches);
        try
        {
            await foreach (var stored in _inner.WatchAsync(coordinationId, afterPosition, cancellationToken))
            {
                BeforeWatched?.Invoke(stored.Position);
                yield return stored;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watches);
        }
    }

    public ValueTask<bool> TryCompleteAsync(string coordinationId, CancellationToken cancellationToken = default) =>
        _inner.TryCompleteAsync(coordinationId, cancellationToken);

    public ValueTask<bool> TryDeleteAsync(string coordinationId, CancellationToken cancellationToken = default) =>
        _inner.TryDeleteAsync(coordinationId, cancellationToken);
}
