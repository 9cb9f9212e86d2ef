using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Slipway.Coordination.Signals.Stores;

/// <summary>A store that lives as long as the process: for tests, and for hubs of one process that share signals.</summary>
public sealed class InMemorySignalStore : ISignalStore
{
    private readonly ConcurrentDictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<long?> AppendAsync(string coordinationId, IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bodies.Count, nameof(bodies));
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            if (GetOrAdd(coordinationId).TryAppend(bodies, out var last)) return ValueTask.FromResult(last);
        }
    }

    /// <inheritdoc/>
    public ValueTask<SignalStoreState> GetStateAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shelves.TryGetValue(coordinationId, out var shelf) ? shelf.State : default);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredSignal> ReadAsync(
        string coordinationId, long afterPosition = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        if (!_shelves.TryGetValue(coordinationId, out var shelf)) yield break;
        for (var position = Math.Max(Math.Max(0, afterPosition) + 1, shelf.First); shelf.TryGet(position, out var body, out _); position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StoredSignal(position, body);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredSignal> WatchAsync(
        string coordinationId, long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var shelf = GetOrAdd(coordinationId);
        var position = Math.Max(0, afterPosition) + 1;
        while (shelf.State.LastPosition >= position - 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            position = Math.Max(position, shelf.First);
            if (shelf.TryGet(position, out var body, out var more)) yield return new StoredSignal(position++, body);
            else if (more is null) yield break;
            else await more.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCompleteAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shelves.TryGetValue(coordinationId, out var shelf) && shelf.TryComplete());
    }

    /// <inheritdoc/>
    public ValueTask<long> TrimAsync(string coordinationId, long throughPosition, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shelves.TryGetValue(coordinationId, out var shelf) ? shelf.Trim(throughPosition) : 0);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryDeleteAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shelves.TryGetValue(coordinationId, out var shelf) && shelf.State.LastPosition > 0
            && _shelves.TryRemove(KeyValuePair.Create(coordinationId, shelf)) && shelf.Delete());
    }

    private Shelf GetOrAdd(string coordinationId) => _shelves.GetOrAdd(coordinationId, static _ => new Shelf());

    /// <summary>The signals of one coordination.</summary>
    private sealed class Shelf
    {
        private readonly Lock _gate = new();
        private readonly List<ReadOnlyMemory<byte>> _bodies = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _trimmed;
        private bool _isCompleted;
        private bool _isDeleted;

        /// <summary>The first position that is left.</summary>
        public long First
        {
            get
            {
                lock (_gate) return _trimmed + 1;
            }
        }

        public SignalStoreState State
        {
            get
            {
                lock (_gate) return new SignalStoreState(_trimmed + _bodies.Count, _isCompleted);
            }
        }

        /// <summary>Appends.</summary>
        /// <returns>False when the shelf was deleted meanwhile.</returns>
        public bool TryAppend(IReadOnlyList<ReadOnlyMemory<byte>> bodies, out long? last)
        {
            last = null;
            lock (_gate)
            {
                if (_isDeleted) return false;
                if (_isCompleted) return true;
                for (var i = 0; i < bodies.Count; i++) _bodies.Add(bodies[i].ToArray());
                last = _trimmed + _bodies.Count;
                TellOfChange();
                return true;
            }
        }

        /// <summary>Gives a body, or what ends when there is more to see; null when there will be nothing more.</summary>
        public bool TryGet(long position, out ReadOnlyMemory<byte> body, out Task? more)
        {
            lock (_gate)
            {
                var isThere = position > _trimmed && position <= _trimmed + _bodies.Count && !_isDeleted;
                body = isThere ? _bodies[(int)(position - _trimmed - 1)] : default;
                more = isThere || _isCompleted || _isDeleted ? null : _changed.Task;
                return isThere;
            }
        }

        public long Trim(long throughPosition)
        {
            lock (_gate)
            {
                var count = (int)Math.Clamp(throughPosition - _trimmed, 0, Math.Max(0, _bodies.Count - 1));
                _bodies.RemoveRange(0, count);
                _trimmed += count;
                return count;
            }
        }

        public bool TryComplete()
        {
            lock (_gate)
            {
                if (_isCompleted || _isDeleted || _bodies.Count == 0) return false;
                _isCompleted = true;
                TellOfChange();
                return true;
            }
        }

        public bool Delete()
        {
            lock (_gate)
            {
                _isDeleted = true;
                TellOfChange();
                return true;
            }
        }

        private void TellOfChange()
        {
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
