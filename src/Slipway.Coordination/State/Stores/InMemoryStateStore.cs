using System.Runtime.CompilerServices;

namespace Slipway.Coordination.State.Stores;

/// <summary>States that live as long as the process: for tests, and for parts of one program that share a state as if they were several.</summary>
public sealed class InMemoryStateStore : IStateStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Kept> _states = new(StringComparer.Ordinal);
    private long _newestGeneration;

    /// <inheritdoc/>
    public ValueTask<StateImage> LoadAsync(string name, CancellationToken cancellationToken = default)
    {
        StateNames.CheckStateName(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_states.TryGetValue(name, out var state))
                _states.Add(name, state = new Kept(new StateHandle(name, ++_newestGeneration)));
            var current = state.Current;
            return ValueTask.FromResult(new StateImage(state.Handle, current.Version, current.Timestamp, [.. current]));
        }
    }

    /// <inheritdoc/>
    public ValueTask<StateAppend> AppendAsync(StateHandle state, IReadOnlyList<StateChange> changes, CancellationToken cancellationToken = default)
    {
        StateNames.CheckChanges(changes);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (Find(state) is not { } kept) return ValueTask.FromResult(new StateAppend(StateAppendStatus.Deleted, 0));
            if (changes[0].Version != kept.Current.Version + 1)
                return ValueTask.FromResult(new StateAppend(StateAppendStatus.Conflict, kept.Current.Version));
            foreach (var change in changes) kept.Add(change);
            kept.Wake();
            return ValueTask.FromResult(new StateAppend(StateAppendStatus.Appended, kept.Current.Version));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StateChange> ReadChangesAsync(
        StateHandle state, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        List<StateChange> changes;
        lock (_gate) changes = Find(state)?.After(afterVersion) ?? [];
        foreach (var change in changes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return change;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StateChange> WatchAsync(
        StateHandle state, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            List<StateChange> changes;
            Task changed;
            lock (_gate)
            {
                if (Find(state) is not { } kept) yield break;
                changes = kept.After(afterVersion);
                changed = kept.Changed;
            }

            foreach (var change in changes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                afterVersion = change.Version;
                yield return change;
            }

            if (changes.Count == 0) await changed.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask TrimAsync(StateHandle state, long throughVersion, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) Find(state)?.Trim(throughVersion);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        List<string> names;
        lock (_gate) names = [.. _states.Keys];
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_states.Remove(name, out var kept)) return ValueTask.FromResult(false);
            kept.Wake();
            return ValueTask.FromResult(true);
        }
    }

    private Kept? Find(StateHandle state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return _states.TryGetValue(state.Name, out var kept) && kept.Handle == state ? kept : null;
    }

    private sealed class Kept(StateHandle handle)
    {
        private readonly List<StateChange> _changes = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public StateHandle Handle { get; } = handle;

        public StateSnapshot Current { get; private set; } = new(0, DateTimeOffset.MinValue, StateMap.Empty);

        public Task Changed => _changed.Task;

        public void Add(StateChange change)
        {
            var kept = change.BasedOn(Current);
            Current = Current.With(kept);
            _changes.Add(kept);
        }

        public List<StateChange> After(long version) => _changes[PlaceAfter(version)..];

        public void Trim(long throughVersion) => _changes.RemoveRange(0, PlaceAfter(throughVersion));

        public void Wake()
        {
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // Versions have no gaps.
        private int PlaceAfter(long version) => _changes.Count == 0 ? 0 : (int)Math.Clamp(version - _changes[0].Version + 1, 0, _changes.Count);
    }
}
