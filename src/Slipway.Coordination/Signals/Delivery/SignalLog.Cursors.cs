using Microsoft.Extensions.Logging;

namespace Slipway.Coordination.Signals.Delivery;

/// <content>What consumers do.</content>
internal sealed partial class SignalLog
{
    /// <summary>Makes a cursor.</summary>
    /// <returns>Null when the log was removed.</returns>
    public SignalCursor? Open(SignalSubscriptionOptions subscription)
    {
        lock (_gate)
        {
            if (_isRemoved) return null;
            var asked = subscription.From.Position is 0 ? _ring.Last + 1 : subscription.From.Position;
            var next = Math.Max(asked, _ring.Last + 1);
            var cursor = new SignalCursor(this, subscription, Math.Min(subscription.Capacity, _most), _ring.ToArray(asked))
            {
                Next = next,
                Counted = next,
                Missing = Math.Max(0, _ring.First - asked),
                Bucket = _waiters.Open(subscription),
            };
            _subscriptions++;
            AddBusy(cursor);
            return cursor;
        }
    }

    /// <summary>Gives a consumer its next signal.</summary>
    public CursorStep Take(SignalCursor cursor, bool mayWait = true)
    {
        var droppedBefore = cursor.Dropped;
        CursorStep step;
        lock (_gate)
        {
            if (cursor.IsWaiting) throw new InvalidOperationException("A subscription has one consumer, which awaits each signal before it asks for the next.");
            step = cursor.State is not CursorState.Open ? CursorStep.Ended
                : TryTake(cursor) ? CursorStep.Taken
                : _isCompleted ? Detach(cursor, CursorState.Closed)
                : mayWait ? Wait(cursor)
                : CursorStep.Nothing;
        }

        if (droppedBefore == 0 && cursor.Dropped > 0)
            options.Logger.LogWarning("A subscriber of {CoordinationId} is slow and misses signals (agent {AgentId})", CoordinationId, cursor.Options.AgentId);
        return step;
    }

    /// <summary>Takes a cursor out for good.</summary>
    public void Close(SignalCursor cursor, CursorState state)
    {
        bool wasWaiting;
        lock (_gate)
        {
            if (cursor.State is not CursorState.Open) return;
            wasWaiting = cursor.IsWaiting;
            Detach(cursor, state);
        }

        if (wasWaiting) cursor.Wake(hasSignal: false);
    }

    /// <summary>What waits for a consumer and what it has missed.</summary>
    public (long Lag, long Dropped) GetState(SignalCursor cursor)
    {
        lock (_gate)
        {
            if (cursor.State is not CursorState.Open || cursor.IsWaiting) return (0, cursor.Dropped);
            Trim(cursor);
            Count(cursor);
            return (cursor.CountPast() + cursor.Pending, cursor.Dropped);
        }
    }

    /// <summary>Gives a waiting consumer its signal; from now on it is busy.</summary>
    public void HandOver(SignalCursor cursor, Signal signal)
    {
        RemoveAt(cursor.Bucket!, cursor);
        cursor.IsWaiting = false;
        cursor.Current = signal;
        cursor.Next = cursor.Counted = signal.Position + 1;
        AddBusy(cursor);
    }

    private bool TryTake(SignalCursor cursor)
    {
        if (_ring.Last - cursor.Next >= cursor.Capacity) Trim(cursor);
        var signal = Advance(cursor);
        if (signal is null) return false;
        cursor.Current = signal;
        if (cursor.HoldsPublishers) LetPublishersIn(cursor);
        return true;
    }

    private CursorStep Wait(SignalCursor cursor)
    {
        RemoveAt(_busy, cursor);
        cursor.IsWaiting = true;
        cursor.PrepareToWait();
        cursor.Index = cursor.Bucket!.Count;
        cursor.Bucket.Add(cursor);
        if (cursor.HoldsPublishers) LetPublishersIn(cursor);
        return CursorStep.Waiting;
    }

    private CursorStep Detach(SignalCursor cursor, CursorState state)
    {
        if (!cursor.IsWaiting) Trim(cursor);
        RemoveAt(cursor.IsWaiting ? cursor.Bucket! : _busy, cursor);
        cursor.IsWaiting = false;
        cursor.State = state;
        _waiters.Close(cursor.Options);
        _tally.Keep(cursor);
        _subscriptions--;
        if (cursor.HoldsPublishers) LetPublishersIn(cursor);
        return CursorStep.Ended;
    }

    private void AddBusy(SignalCursor cursor)
    {
        cursor.Index = _busy.Count;
        _busy.Add(cursor);
        _limit = Math.Min(_limit, cursor.Next + cursor.Capacity - 1);
    }

    private static void RemoveAt(List<SignalCursor> cursors, SignalCursor cursor)
    {
        var last = cursors[^1];
        cursors[cursor.Index] = last;
        last.Index = cursor.Index;
        cursors.RemoveAt(cursors.Count - 1);
    }
}
