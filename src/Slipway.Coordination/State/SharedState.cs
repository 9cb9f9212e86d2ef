using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.State.Stores;

namespace Slipway.Coordination.State;

/// <summary>
/// What agents share: JSON values by key, in numbered versions. Reads never wait and see one version whole; writes are one after the other,
/// and each makes the next version. A number is never used again, not even by a rollback. All members are safe to call from many threads.
/// </summary>
public sealed partial class SharedState : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SharedStateOptions _options;
    private readonly StateHistory _history;
    private readonly StripedCounter _reads = new();
    private readonly CoordinationInstruments? _instruments;
    private volatile StateSnapshot _current;
    private StateWatcher[] _watchers = [];
    private long _writes;
    private long _conflicts;
    private bool _isDisposed;

    /// <summary>A state at version 0.</summary>
    /// <param name="options">How it is kept; null for the defaults.</param>
    /// <param name="initial">What it begins with; null for nothing. Values are copied, so their documents may be disposed.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or a key or a value is none.</exception>
    public SharedState(SharedStateOptions? options = null, IEnumerable<KeyValuePair<string, JsonElement>>? initial = null)
    {
        _options = options ?? new SharedStateOptions();
        SharedStateOptions.Validate(_options);
        _instruments = _options.Metrics?.Instruments;
        var entries = StateMap.Empty;
        foreach (var (key, value) in initial ?? [])
        {
            StateNames.CheckKey(key);
            entries = entries.Set(key, new StateEntry(StateNames.Keep(value), 0));
        }

        _current = new StateSnapshot(0, JournalTime.Now(_options.Time), entries);
        _history = new StateHistory(_options.MaxHistorySize, version: 0);
    }

    /// <summary>A state as a store has it.</summary>
    /// <param name="options">How it is kept.</param>
    /// <param name="image">The newest version.</param>
    /// <param name="changes">The newest changes that led to it, oldest first; there may be none.</param>
    internal SharedState(SharedStateOptions options, StateImage image, IReadOnlyList<StateChange> changes)
    {
        _options = options;
        _instruments = options.Metrics?.Instruments;
        _current = StateSnapshot.Of(image);
        var kept = changes is [.., var newest] && newest.Version == image.Version ? changes : [];
        _history = new StateHistory(options.MaxHistorySize, image.Version - kept.Count);
        foreach (var change in kept) _history.Add(change);
    }

    /// <summary>The version, from 0.</summary>
    public long Version => _current.Version;

    /// <summary>The keys in ordinal order.</summary>
    public IReadOnlyList<string> Keys => _current.Keys;

    /// <summary>Opens a state that is kept in a store and shared with all others who open it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name of the state, 1 to 200 characters.</param>
    /// <param name="options">How it is kept; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public static Task<StoredState> OpenAsync(
        IStateStore store, string name, SharedStateOptions? options = null, CancellationToken cancellationToken = default) =>
        StoredState.OpenAsync(store, name, options ?? new SharedStateOptions(), cancellationToken);

    /// <summary>The state as it is now, for ever. Costs nothing.</summary>
    public StateSnapshot Snapshot() => _current;

    /// <summary>The value of a key; null when it is not there. A JSON null is a value.</summary>
    public JsonElement? Get(string key) => _instruments is null ? Read().Get(key) : GetTimed(key);

    /// <inheritdoc cref="StateSnapshot.Get{T}(string, JsonTypeInfo{T})"/>
    public T? Get<T>(string key, JsonTypeInfo<T> typeInfo) => Read().Get(key, typeInfo);

    /// <inheritdoc cref="StateSnapshot.Get{T}(StateKey{T})"/>
    public T? Get<T>(StateKey<T> key) => Read().Get(key);

    /// <inheritdoc cref="StateSnapshot.GetRequired"/>
    public JsonElement GetRequired(string key) => Read().GetRequired(key);

    /// <inheritdoc cref="StateSnapshot.TryGet"/>
    public bool TryGet(string key, out JsonElement value) => Read().TryGet(key, out value);

    /// <inheritdoc cref="StateSnapshot.TryGetEntry"/>
    public bool TryGetEntry(string key, out StateEntry entry) => Read().TryGetEntry(key, out entry);

    /// <summary>True when the key is there, even with a JSON null.</summary>
    public bool Has(string key) => Read().Has(key);

    /// <summary>What has happened, newest first. The keys of one batch come last written first.</summary>
    /// <param name="key">Only changes of this key; null for all.</param>
    /// <param name="limit">How many at most; null for all that are kept.</param>
    public IReadOnlyList<StateChangeRecord> History(string? key = null, int? limit = null)
    {
        if (limit is { } most) ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(limit));
        return
        [
            .. _history.NewestFirst()
                .SelectMany(change => change.Writes.Reverse().Where(write => key is null || write.Key == key).Select(change.RecordOf))
                .Take(limit ?? int.MaxValue),
        ];
    }

    /// <summary>Forgets the history: versions before the current one can no longer be brought back.</summary>
    /// <returns>How many changes were forgotten; they do not count as dropped.</returns>
    public int ClearHistory()
    {
        lock (_gate) return _history.Clear(_current.Version);
    }

    /// <summary>What the state has done and holds.</summary>
    public StateMetrics GetMetrics()
    {
        lock (_gate)
        {
            return new StateMetrics
            {
                Version = _current.Version,
                Keys = _current.Count,
                Reads = _reads.Value,
                Writes = _writes,
                Conflicts = _conflicts,
                HistorySize = _history.Size,
                HistoryDropped = _history.Dropped,
                OldestKeptVersion = _history.OldestVersion,
                Watchers = _watchers.Length,
            };
        }
    }

    /// <summary>Ends all watches once what waits was consumed. The state can be read afterwards, not written.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var watcher in _watchers) watcher.Complete();
        }
    }

    /// <summary>Reading the clock takes longer than reading the state, so only a few reads are timed.</summary>
    private JsonElement? GetTimed(string key)
    {
        const int OneIn = 64;
        if (_reads.Increment() % OneIn != 0) return _current.Get(key);
        var begun = _options.Time.GetTimestamp();
        var value = _current.Get(key);
        _instruments!.StateGetTime.Record(_options.Time.GetElapsedTime(begun));
        return value;
    }

    private StateSnapshot Read()
    {
        _reads.Increment();
        return _current;
    }
}
