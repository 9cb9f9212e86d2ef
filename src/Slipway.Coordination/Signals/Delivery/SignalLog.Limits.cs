namespace Slipway.Coordination.Signals.Delivery;

/// <content>What slow consumers mean for publishers.</content>
internal sealed partial class SignalLog
{
    /// <summary>How many times within the life of a signal the old ones are looked for.</summary>
    private const int AgeChecksPerLife = 1_000;

    /// <summary>Drops signals whose time is over, unless somebody has yet to read them.</summary>
    private void DropOld(long nowTicks)
    {
        var life = options.TimeToLive!.Value.Ticks;
        _nextAgeCheckTicks = nowTicks + (life / AgeChecksPerLife);
        var end = _ring.Last;
        foreach (var cursor in _busy) end = Math.Min(end, cursor.Next);
        var first = _ring.First;
        while (first < end && _ring[first].Timestamp.UtcTicks < nowTicks - life) first++;
        _ring.DropBefore(first);
    }

    /// <summary>Admits a signal unless somebody must catch up first.</summary>
    private bool TryAdmit(Signal signal)
    {
        var mustWait = false;
        foreach (var cursor in _busy)
        {
            if (cursor.Options.SlowConsumer is not SlowConsumerPolicy.Wait || !StandsInTheWay(cursor, signal)) continue;
            cursor.HoldsPublishers = true;
            mustWait = true;
        }

        if (mustWait) return false;
        Admit(signal);
        return true;
    }

    /// <summary>Makes room for a signal as the policies say that do not wait, and finds the next limit.</summary>
    private void Admit(Signal signal)
    {
        _limit = long.MaxValue;
        for (var i = _busy.Count - 1; i >= 0; i--)
        {
            var cursor = _busy[i];
            if (cursor.Options.SlowConsumer is SlowConsumerPolicy.Fail && StandsInTheWay(cursor, signal))
            {
                Detach(cursor, CursorState.Overflowed);
                continue;
            }

            if (cursor.Options.SlowConsumer is SlowConsumerPolicy.DropOldest)
            {
                while (StandsInTheWay(cursor, signal)) DropOldest(cursor);
            }

            _limit = Math.Min(_limit, Math.Max(LimitOf(cursor), _ring.Last + 1));
        }
    }

    /// <summary>True when one more signal would be too much for a cursor, or push one it waits for out of history.</summary>
    private bool StandsInTheWay(SignalCursor cursor, Signal signal) =>
        LimitOf(cursor) <= _ring.Last && (IsAtTheEndOfHistory(cursor) || cursor.Wants(signal));

    private bool IsAtTheEndOfHistory(SignalCursor cursor) => cursor.Next <= _ring.Last - _most + 1;

    /// <summary>The newest position that can be reached before a cursor has to be looked at again.</summary>
    private long LimitOf(SignalCursor cursor)
    {
        var mayDrop = cursor.Options.SlowConsumer is SlowConsumerPolicy.DropOldest;
        var quick = mayDrop ? _most : cursor.Capacity;
        if (_ring.Last - cursor.Next + 1 < quick) return cursor.Next + quick - 1;
        Trim(cursor);
        SkipWhatDoesNotFit(cursor);
        var endOfHistory = cursor.Next + _most - 1;
        if (mayDrop) return endOfHistory;
        Count(cursor);
        return Math.Min(_ring.Last + cursor.Capacity - cursor.Pending, endOfHistory);
    }

    /// <summary>Passes over what is too much, where the policy says so.</summary>
    private void Trim(SignalCursor cursor)
    {
        if (cursor.Options.SlowConsumer is not SlowConsumerPolicy.DropOldest) return;
        Count(cursor);
        while (cursor.Pending > cursor.Capacity) DropOldest(cursor);
    }

    private void DropOldest(SignalCursor cursor)
    {
        if (Advance(cursor) is not null) cursor.Dropped++;
    }

    private void Count(SignalCursor cursor)
    {
        for (; cursor.Counted <= _ring.Last; cursor.Counted++)
        {
            if (cursor.Wants(_ring[cursor.Counted])) cursor.Pending++;
        }
    }

    /// <summary>Goes past the next signal that fits.</summary>
    /// <returns>That signal, or null when there is none.</returns>
    private Signal? Advance(SignalCursor cursor)
    {
        SkipWhatDoesNotFit(cursor);
        if (cursor.Next > _ring.Last) return null;
        var signal = _ring[cursor.Next];
        if (cursor.Counted > cursor.Next) cursor.Pending--;
        cursor.Next++;
        cursor.Counted = Math.Max(cursor.Counted, cursor.Next);
        return signal;
    }

    private void SkipWhatDoesNotFit(SignalCursor cursor)
    {
        while (cursor.Next <= _ring.Last && !cursor.Wants(_ring[cursor.Next])) cursor.Next++;
        cursor.Counted = Math.Max(cursor.Counted, cursor.Next);
    }

    /// <summary>The oldest position that a waiting policy still needs; history keeps it even beyond its size.</summary>
    private long LowestNeeded()
    {
        var lowest = long.MaxValue;
        if (_limit > _ring.Last) return lowest;
        foreach (var cursor in _busy)
        {
            if (cursor.Options.SlowConsumer is SlowConsumerPolicy.Wait) lowest = Math.Min(lowest, cursor.Next);
        }

        return lowest;
    }

    /// <summary>Lets in whoever waits and now need not.</summary>
    private void LetPublishersIn(SignalCursor cursor)
    {
        cursor.HoldsPublishers = false;
        var woken = default(WakeList);
        for (var node = _publishers.First; node is not null;)
        {
            var next = node.Next;
            if (TryEnter(node.Value.Signal) is AppendOutcome.Appended)
            {
                _publishers.Remove(node);
                if (!node.Value.OnlyForRoom && !IsThere(node.Value.Signal)) Append(node.Value.Signal, _time.GetTimestamp(), node.Value.Request, ref woken);
                node.Value.Settle(AppendOutcome.Appended);
            }

            node = next;
        }

        woken.Wake(hasSignal: true);
    }
}
