using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Slipway.Coordination.State.Stores;

/// <summary>
/// A state that is kept in a store and shared with all who opened it, in this process and others. A write is durable first and visible then;
/// others' writes arrive by themselves. Of two who compare and set the same version, one wins, wherever they run. Reads are those of a
/// <see cref="SharedState"/>: they never wait, and may lag behind what another process has just written.
/// </summary>
public sealed class StoredState : IAsyncDisposable
{
    private const int LargestGroup = 256;
    private readonly IStateStore _store;
    private readonly StateHandle _handle;
    private readonly SharedState _state;
    private readonly SharedStateOptions _options;
    private readonly ConcurrentQueue<PendingWrite> _pending = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private long _trimmedAt;

    private StoredState(IStateStore store, StateHandle handle, SharedState state, SharedStateOptions options)
    {
        _store = store;
        _handle = handle;
        _state = state;
        _options = options;
        _trimmedAt = state.Version;
        Completion = FollowAsync();
    }

    /// <summary>The name of the state.</summary>
    public string Name => _handle.Name;

    /// <summary>The version that is known here, from 0.</summary>
    public long Version => _state.Version;

    /// <summary>
    /// Completes when the state is no longer followed: it was deleted or disposed, or its store failed, which faults the task. Watches end then.
    /// </summary>
    public Task Completion { get; }

    /// <summary>The state as it is known here now, for ever. Costs nothing.</summary>
    public StateSnapshot Snapshot() => _state.Snapshot();

    /// <summary>The value of a key; null when it is not there. A JSON null is a value.</summary>
    public JsonElement? Get(string key) => _state.Get(key);

    /// <inheritdoc cref="StateSnapshot.Get{T}(StateKey{T})"/>
    public T? Get<T>(StateKey<T> key) => _state.Get(key);

    /// <summary>True when the key is there, even with a JSON null.</summary>
    public bool Has(string key) => _state.Has(key);

    /// <inheritdoc cref="SharedState.History"/>
    public IReadOnlyList<StateChangeRecord> History(string? key = null, int? limit = null) => _state.History(key, limit);

    /// <inheritdoc cref="SharedState.Watch"/>
    public IAsyncEnumerable<StateChangeRecord> Watch(StateWatchOptions? options = null, CancellationToken cancellationToken = default) =>
        _state.Watch(options, cancellationToken);

    /// <inheritdoc cref="SharedState.WaitUntilAsync"/>
    public Task<long> WaitUntilAsync(string key, Func<JsonElement?, bool> isAwaited, CancellationToken cancellationToken = default) =>
        _state.WaitUntilAsync(key, isAwaited, cancellationToken);

    /// <inheritdoc cref="SharedState.GetMetrics"/>
    public StateMetrics GetMetrics() => _state.GetMetrics();

    /// <summary>Sets a key, whatever others write meanwhile.</summary>
    public Task<StateWriteResult> SetAsync(string key, JsonElement value, string? changedBy = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(new StateBatch().Set(key, value), changedBy, cancellationToken);

    /// <summary>Sets a key to a typed value, whatever others write meanwhile.</summary>
    public Task<StateWriteResult> SetAsync<T>(StateKey<T> key, T value, string? changedBy = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(new StateBatch().Set(key, value), changedBy, cancellationToken);

    /// <summary>Deletes a key; when it is not there no version is made.</summary>
    public Task<StateWriteResult> DeleteAsync(string key, string? changedBy = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(new StateBatch().Delete(key), changedBy, cancellationToken);

    /// <summary>
    /// Does all of a batch as one version, or nothing. When another was first it is planned anew on what the other wrote, and what the batch
    /// expects is judged there. Writes that wait at the same time share one append.
    /// </summary>
    /// <param name="batch">What to set and delete, and what must hold for it; it must not be changed until this has ended.</param>
    /// <param name="changedBy">Who does it, 1 to 200 characters; null not to say.</param>
    /// <param name="cancellationToken">Stops the waiting, not a write that has begun.</param>
    public Task<StateWriteResult> UpdateAsync(StateBatch batch, string? changedBy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return WriteAsync(new PendingWrite(on => batch.PlanOn(on, _options.Time, changedBy)), cancellationToken);
    }

    /// <summary>Sets a key if the state is still at the version that the writer knows.</summary>
    public Task<StateWriteResult> CompareAndSetAsync(
        long expectedVersion, string key, JsonElement value, string? changedBy = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(new StateBatch().Expect(expectedVersion).Set(key, value), changedBy, cancellationToken);

    /// <summary>Sets a key if the key is still at the version that the writer knows; null when it must not be there.</summary>
    public Task<StateWriteResult> CompareAndSetKeyAsync(
        string key, long? expectedKeyVersion, JsonElement value, string? changedBy = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(new StateBatch().ExpectKey(key, expectedKeyVersion).Set(key, value), changedBy, cancellationToken);

    /// <inheritdoc cref="SharedState.Modify"/>
    public Task<StateWriteResult> ModifyAsync(
        string key, Func<JsonElement?, JsonElement?> modify, string? changedBy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(modify);
        return WriteAsync(new PendingWrite(on => StateBatch.ForModify(on, key, modify).PlanOn(on, _options.Time, changedBy)), cancellationToken);
    }

    /// <inheritdoc cref="SharedState.Clear"/>
    public Task<StateWriteResult> ClearAsync(string? changedBy = null, CancellationToken cancellationToken = default) =>
        WriteAsync(new PendingWrite(_ => _state.ProposeClear(changedBy), needsHistory: true), cancellationToken);

    /// <inheritdoc cref="SharedState.Rollback"/>
    public Task<StateWriteResult> RollbackAsync(long version, string? changedBy = null, CancellationToken cancellationToken = default) =>
        WriteAsync(new PendingWrite(_ => _state.ProposeRollback(version, changedBy), needsHistory: true), cancellationToken);

    /// <summary>Stops following the state and ends its watches. What is stored stays; of a write under way it is not told whether it was.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _turn.WaitAsync();
        _turn.Release();
    }

    internal static async Task<StoredState> OpenAsync(
        IStateStore store, string name, SharedStateOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        SharedStateOptions.Validate(options);
        var image = await store.LoadAsync(name, cancellationToken);
        var changes = new List<StateChange>();
        await foreach (var change in store.ReadChangesAsync(image.Handle, Math.Max(0, image.Version - options.MaxHistorySize), cancellationToken))
        {
            if (change.Version <= image.Version) changes.Add(change);
        }

        return new StoredState(store, image.Handle, new SharedState(options, image, changes), options);
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var change in _store.WatchAsync(_handle, _state.Version, _closing.Token)) await TakeInAsync(change);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Disposed: there is nobody left to follow it for.
        }
        finally
        {
            _state.Dispose();
        }
    }

    private async Task TakeInAsync(StateChange change)
    {
        if (change.Version <= _state.Version) return;
        if (change.Version > _state.Version + 1) await ReloadAsync();
        else await _state.ApplyAsync(change, _closing.Token);
    }

    /// <summary>Changes were trimmed before they were read here: what they came to is taken over as a whole.</summary>
    private async Task ReloadAsync()
    {
        var image = await _store.LoadAsync(_handle.Name, _closing.Token);
        if (image.Handle == _handle) _state.Replace(image);
    }

    private async Task CatchUpAsync()
    {
        await foreach (var change in _store.ReadChangesAsync(_handle, _state.Version, _closing.Token)) await TakeInAsync(change);
    }

    private Task<StateWriteResult> WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        _pending.Enqueue(write);
        return DoAsync(write).WaitAsync(cancellationToken);
    }

    private async Task<StateWriteResult> DoAsync(PendingWrite write)
    {
        await _turn.WaitAsync();
        try
        {
            while (!write.IsDone) await WriteGroupAsync(TakeGroup());
        }
        finally
        {
            _turn.Release();
        }

        return await write.Result;
    }

    private List<PendingWrite> TakeGroup()
    {
        var group = new List<PendingWrite>();
        while (group.Count < LargestGroup && _pending.TryPeek(out var next))
        {
            if (next.NeedsHistory && group.Count > 0) break;
            _pending.TryDequeue(out _);
            group.Add(next);
            if (next.NeedsHistory) break;
        }

        return group;
    }

    private async Task WriteGroupAsync(List<PendingWrite> group)
    {
        try
        {
            if (Completion.Exception?.InnerException is { } failure)
                throw new InvalidOperationException($"The store of the state '{Name}' failed, so the state is no longer followed; open it again.", failure);
            var results = await AppendGroupAsync(group);
            foreach (var (write, result) in results) write.End(result);
        }
        catch (Exception exception)
        {
            foreach (var write in group) write.Fail(exception);
        }
    }

    private async Task<List<(PendingWrite Write, StateWriteResult Result)>> AppendGroupAsync(List<PendingWrite> group)
    {
        var isFresh = false;
        while (true)
        {
            var (changes, results) = Plan(group);
            // What is refused here, or has nothing to do, may be so only because others' newest writes have not arrived yet.
            if (results.Count > changes.Count && !isFresh)
            {
                await CatchUpAsync();
                isFresh = true;
                continue;
            }

            if (changes.Count == 0) return results;
            var append = await _store.AppendAsync(_handle, changes, _closing.Token);
            switch (append.Status)
            {
                case StateAppendStatus.Appended:
                    foreach (var change in changes) await TakeInAsync(change);
                    await TrimAsync();
                    return results;
                case StateAppendStatus.Conflict:
                    await CatchUpAsync();
                    isFresh = true;
                    break;
                default:
                    return [.. results.Select(planned => (planned.Write, new StateWriteResult(_state.Version, new StateDeleted(Name))))];
            }
        }
    }

    private (List<StateChange> Changes, List<(PendingWrite Write, StateWriteResult Result)> Results) Plan(List<PendingWrite> group)
    {
        var changes = new List<StateChange>(group.Count);
        var results = new List<(PendingWrite, StateWriteResult)>(group.Count);
        var on = _state.Snapshot();
        foreach (var write in group)
        {
            if (write.IsDone || write.TryPlan(on) is not { } proposal) continue;
            if (proposal.Change is { } change)
            {
                changes.Add(change);
                on = on.With(change);
            }

            results.Add((write, new StateWriteResult(on.Version, proposal.Problem)));
        }

        return (changes, results);
    }

    /// <summary>Trims the stored changes now and then, so that they stay within one and a quarter of the history.</summary>
    private async Task TrimAsync()
    {
        var version = _state.Version;
        if (version - _trimmedAt < Math.Max(1, _options.MaxHistorySize / 4)) return;
        try
        {
            await _store.TrimAsync(_handle, version - _options.MaxHistorySize, _closing.Token);
        }
        catch (Exception exception)
        {
            // The writes are durable and must not be told as failed; a later trim makes up for it.
            _options.Logger.LogWarning(exception, "The changes of state {Name} could not be trimmed", Name);
        }

        _trimmedAt = version;
    }
}
