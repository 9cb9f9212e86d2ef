namespace Slipway.Coordination.State;

/// <summary>What waits for one consumer of a watch. Filled under the gate of the state, emptied by the consumer.</summary>
internal sealed class StateWatcher(StateWatchOptions options, StateSnapshot seen)
{
    private readonly Lock _gate = new();
    private readonly Queue<(StateChange Change, StateSnapshot Before, int Matches)> _queue = new();
    private int _waiting;
    // Set when what waited was given up: the last version that the consumer has seen.
    private StateSnapshot? _behindSince;
    private StateSnapshot _newest = seen;
    private StateVersionLostException? _failure;
    private bool _isCompleted;
    private TaskCompletionSource? _filled;
    private TaskCompletionSource? _room;

    /// <summary>Takes in the next version.</summary>
    /// <param name="change">The change that made it; null when it is not one version further but any number.</param>
    /// <param name="before">The version before.</param>
    /// <param name="after">The version itself.</param>
    public void Publish(StateChange? change, StateSnapshot before, StateSnapshot after)
    {
        var matches = change is null ? 0 : CountMatches(change);
        lock (_gate)
        {
            _newest = after;
            if (_isCompleted || _failure is not null || _behindSince is not null || (change is not null && matches == 0)) return;
            if (change is not null && _waiting < options.Capacity)
            {
                _queue.Enqueue((change, before, matches));
                _waiting += matches;
            }
            else if (options.WhenFull is StateWatchLag.Coalesce)
            {
                _behindSince = _queue.TryPeek(out var oldest) ? oldest.Before : before;
                _queue.Clear();
                _waiting = 0;
            }
            else
            {
                _failure = new StateVersionLostException(before.Version, $"The watcher was full at version {before.Version}: its consumer is too slow.");
            }

            _filled?.TrySetResult();
        }
    }

    /// <summary>Ends the watch once what waits was consumed.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            _filled?.TrySetResult();
            _room?.TrySetResult();
        }
    }

    /// <summary>Whether writers that can wait have to.</summary>
    /// <param name="room">Completes when there is room.</param>
    public bool IsAwaited(out Task room)
    {
        room = Task.CompletedTask;
        if (options.WhenFull is not StateWatchLag.Wait) return false;
        lock (_gate)
        {
            if (_isCompleted || _failure is not null || _waiting < options.Capacity) return false;
            room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return true;
        }
    }

    /// <summary>What the consumer is to be told next, waiting for it; null at the end of the watch.</summary>
    public async ValueTask<IEnumerable<StateChangeRecord>?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StateSnapshot since;
            StateSnapshot newest;
            Task filled;
            lock (_gate)
            {
                if (_queue.TryDequeue(out var oldest))
                {
                    _waiting -= oldest.Matches;
                    if (_waiting < options.Capacity)
                    {
                        _room?.TrySetResult();
                        _room = null;
                    }

                    return Matching(oldest.Change);
                }

                if (_failure is not null) throw _failure;
                if (_behindSince is null && _isCompleted) return null;
                since = _behindSince ?? _newest;
                newest = _newest;
                _behindSince = null;
                filled = ReferenceEquals(since, newest)
                    ? (_filled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                    : Task.CompletedTask;
            }

            if (!ReferenceEquals(since, newest)) return StateDifference.Between(since, newest, options);
            await filled.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The part of a change that the consumer wants to know.</summary>
    public IEnumerable<StateChangeRecord> Matching(StateChange change) =>
        change.Writes.Where(write => options.Matches(write.Key)).Select(change.RecordOf);

    private int CountMatches(StateChange change)
    {
        var count = 0;
        foreach (var write in change.Writes)
        {
            if (options.Matches(write.Key)) count++;
        }

        return count;
    }
}
