using System.Text.Json;

namespace Slipway.Coordination.State;

/// <content>Writing.</content>
public sealed partial class SharedState
{
    /// <summary>Sets a key.</summary>
    /// <param name="key">The key, 1 to 512 characters without control characters.</param>
    /// <param name="value">The value; a JSON null is one. It is copied, so its document may be disposed.</param>
    /// <param name="changedBy">Who does it, 1 to 200 characters; null not to say.</param>
    /// <returns>The version that this made.</returns>
    public long Set(string key, JsonElement value, string? changedBy = null)
    {
        StateNames.CheckKey(key);
        StateNames.CheckChangedBy(changedBy);
        var kept = StateNames.Keep(value);
        var begun = BeginWrite();
        long version;
        lock (_gate)
        {
            Enter(begun);
            version = CommitOne(key, kept, changedBy);
        }

        EndWrite(begun);
        return version;
    }

    /// <summary>Sets a key to a typed value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null is a JSON null.</param>
    /// <param name="changedBy">Who does it, 1 to 200 characters; null not to say.</param>
    /// <returns>The version that this made.</returns>
    public long Set<T>(StateKey<T> key, T value, string? changedBy = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Set(key.Name, JsonSerializer.SerializeToElement(value, key.TypeInfo), changedBy);
    }

    /// <summary>Deletes a key.</summary>
    /// <returns>False when it was not there; no version was made then.</returns>
    public bool Delete(string key, string? changedBy = null)
    {
        StateNames.CheckKey(key);
        StateNames.CheckChangedBy(changedBy);
        var begun = BeginWrite();
        lock (_gate)
        {
            Enter(begun);
            if (!_current.Has(key)) return false;
            CommitOne(key, null, changedBy);
        }

        EndWrite(begun);
        return true;
    }

    /// <summary>Does all of a batch as one version, or nothing. One that does nothing makes no version.</summary>
    /// <param name="batch">What to set and delete, and what must hold for it.</param>
    /// <param name="changedBy">Who does it, 1 to 200 characters; null not to say.</param>
    public StateWriteResult Update(StateBatch batch, string? changedBy = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var begun = BeginWrite();
        StateWriteResult result;
        lock (_gate)
        {
            Enter(begun);
            result = Commit(batch.PlanOn(_current, _options.Time, changedBy));
        }

        EndWrite(begun);
        return result;
    }

    /// <summary>As <see cref="Update"/>, waiting first for watchers that are full and whose policy is <see cref="StateWatchLag.Wait"/>.</summary>
    public ValueTask<StateWriteResult> UpdateAsync(StateBatch batch, string? changedBy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return CommitWithRoomAsync(() => batch.PlanOn(_current, _options.Time, changedBy), cancellationToken);
    }

    /// <summary>Sets a key if the state is still at the version that the writer knows.</summary>
    public StateWriteResult CompareAndSet(long expectedVersion, string key, JsonElement value, string? changedBy = null) =>
        Update(new StateBatch().Expect(expectedVersion).Set(key, value), changedBy);

    /// <summary>Sets a key if the key is still at the version that the writer knows.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expectedKeyVersion">The version that set it last; null when it must not be there.</param>
    /// <param name="value">The value.</param>
    /// <param name="changedBy">Who does it, 1 to 200 characters; null not to say.</param>
    public StateWriteResult CompareAndSetKey(string key, long? expectedKeyVersion, JsonElement value, string? changedBy = null) =>
        Update(new StateBatch().ExpectKey(key, expectedKeyVersion).Set(key, value), changedBy);

    /// <summary>
    /// Computes a key's value from its value. Nobody's write gets lost: when another writes the key meanwhile, the new value is computed again
    /// from what the other wrote.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="modify">Gives the value after from the value before, null standing for a key that is not there. It may be called several times.</param>
    /// <param name="changedBy">Who does it, 1 to 200 characters; null not to say.</param>
    /// <returns>The version that this made, or the current one when there was nothing to delete.</returns>
    public long Modify(string key, Func<JsonElement?, JsonElement?> modify, string? changedBy = null)
    {
        ArgumentNullException.ThrowIfNull(modify);
        while (true)
        {
            var result = Update(StateBatch.ForModify(_current, key, modify), changedBy);
            if (result.IsAccepted) return result.Version;
        }
    }

    /// <summary>Deletes all keys. The version this makes can be rolled back as any other.</summary>
    /// <returns>The version that this made.</returns>
    public long Clear(string? changedBy = null)
    {
        lock (_gate) return Commit(PlanClear(changedBy)).Version;
    }

    /// <summary>
    /// Brings an earlier version back, JSON nulls too, as a new version. Any version from <see cref="StateMetrics.OldestKeptVersion"/> on can be
    /// brought back, also 0, and also across a clear or another rollback.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="changedBy">Who does it, 1 to 200 characters; null not to say.</param>
    /// <returns>The version that this made, or a <see cref="StateVersionInFuture"/> or <see cref="StateVersionNotKept"/>.</returns>
    public StateWriteResult Rollback(long version, string? changedBy = null)
    {
        lock (_gate) return Commit(PlanRollback(version, changedBy));
    }

    /// <summary>Computes what <see cref="Update"/> would do, without doing it: for who records a change before it shows.</summary>
    public StateProposal Propose(StateBatch batch, string? changedBy = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.PlanOn(_current, _options.Time, changedBy);
    }

    /// <summary>Computes what <see cref="Clear"/> would do, without doing it.</summary>
    public StateProposal ProposeClear(string? changedBy = null)
    {
        lock (_gate) return PlanClear(changedBy);
    }

    /// <summary>Computes what <see cref="Rollback"/> would do, without doing it.</summary>
    public StateProposal ProposeRollback(long version, string? changedBy = null)
    {
        lock (_gate) return PlanRollback(version, changedBy);
    }

    /// <summary>Does what was proposed, or recorded earlier: the change keeps its version, its time and who made it.</summary>
    /// <param name="change">The change; its old values need not be right, since they are known here.</param>
    /// <returns>A <see cref="StateVersionConflict"/> when the change is not the next version.</returns>
    public StateWriteResult Apply(StateChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var begun = BeginWrite();
        StateWriteResult result;
        lock (_gate)
        {
            Enter(begun);
            result = Commit(change);
        }

        EndWrite(begun);
        return result;
    }

    /// <summary>As <see cref="Apply"/>, waiting first for watchers that are full and whose policy is to be waited for.</summary>
    internal ValueTask<StateWriteResult> ApplyAsync(StateChange change, CancellationToken cancellationToken) =>
        CommitWithRoomAsync(() => new StateProposal(change, null), cancellationToken);

    private long BeginWrite() => _instruments is null ? 0 : _options.Time.GetTimestamp();

    private void Enter(long begun) => _instruments?.StateLockTime.Record(_options.Time.GetElapsedTime(begun));

    private void EndWrite(long begun) => _instruments?.StateSetTime.Record(_options.Time.GetElapsedTime(begun));

    private async ValueTask<StateWriteResult> CommitWithRoomAsync(Func<StateProposal> plan, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task room;
            var begun = BeginWrite();
            lock (_gate)
            {
                Enter(begun);
                if (!MustWait(out room)) return Commit(plan());
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    private StateProposal PlanClear(string? changedBy)
    {
        StateNames.CheckChangedBy(changedBy);
        var writes = _current.Select(entry => new StateWrite(entry.Key, entry.Value.Value, null)).ToArray();
        return new StateProposal(StateChange.After(_current, _options.Time, StateOperation.Clear, writes, changedBy), null);
    }

    private StateProposal PlanRollback(long version, string? changedBy)
    {
        StateNames.CheckChangedBy(changedBy);
        if (version > _current.Version) return new StateProposal(null, new StateVersionInFuture(version, _current.Version));
        if (version < _history.OldestVersion) return new StateProposal(null, new StateVersionNotKept(version, _history.OldestVersion));
        var writes = _history.ValuesAt(version)
            .Select(value => new StateWrite(value.Key, _current.Get(value.Key), value.Value))
            .Where(write => write.OldValue is not null || write.NewValue is not null)
            .ToArray();
        return new StateProposal(StateChange.After(_current, _options.Time, StateOperation.Rollback, writes, changedBy), null);
    }

    private long CommitOne(string key, JsonElement? value, string? changedBy)
    {
        var write = new StateWrite(key, _current.Get(key), value);
        return Commit(StateChange.After(_current, _options.Time, StateChange.OperationOf(write), [write], changedBy)).Version;
    }

    private StateWriteResult Commit(StateProposal proposal)
    {
        if (proposal.Change is { } change) return Commit(change);
        if (proposal.Problem is StateVersionConflict or StateKeyConflict) _conflicts++;
        return new StateWriteResult(_current.Version, proposal.Problem);
    }

    private StateWriteResult Commit(StateChange change)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var before = _current;
        if (change.Version != before.Version + 1) return new StateWriteResult(before.Version, new StateVersionConflict(change.Version - 1, before.Version));
        var mine = change.BasedOn(before);
        var after = before.With(mine);
        _history.Add(mine);
        _current = after;
        _writes++;
        foreach (var watcher in _watchers) watcher.Publish(mine, before, after);
        return new StateWriteResult(after.Version);
    }
}
