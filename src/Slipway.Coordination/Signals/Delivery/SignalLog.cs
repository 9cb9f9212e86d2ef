using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>
/// The signals of one coordination, once, and a cursor into them for every subscription: memory is bounded by the history whatever the
/// subscribers do, and publishing costs the same whatever their number, but for those it wakes.
/// </summary>
/// <remarks>
/// A consumer that waits is handed its signal by the publisher. All others are <em>busy</em>: they come for theirs, and only they can fall
/// behind. <c>_limit</c> is the newest position that can be reached without any of them having more signals waiting than it may have, or
/// losing one from history; only at the limit does a publisher look at them, and finds the next one.
/// </remarks>
internal sealed partial class SignalLog(string coordinationId, SignalHubOptions options)
{
    private readonly Lock _gate = new();
    private readonly SignalRing _ring = new();
    private readonly SignalWaiters _waiters = new();
    private readonly List<SignalCursor> _busy = [];
    private readonly LinkedList<WaitingPublisher> _publishers = [];
    private readonly Dictionary<string, PendingRequest> _requests = new(StringComparer.Ordinal);
    private readonly SignalTally _tally = new();
    private readonly TimeProvider _time = options.Time;
    private readonly int _most = options.MaxHistorySize;
    private long _nextAgeCheckTicks = options.TimeToLive is null || options.Store is not null ? long.MaxValue : 0;
    private long _limit = long.MaxValue;
    private int _subscriptions;
    private bool _isCompleted;
    private bool _isRemoved;

    public string CoordinationId { get; } = coordinationId;

    /// <summary>When something was published last, or the log was made, in ticks of UTC.</summary>
    public long LastActiveTicks { get; private set; } = options.Time.GetUtcNow().UtcTicks;

    public long LastPosition
    {
        get
        {
            lock (_gate) return _ring.Last;
        }
    }

    public bool IsRemoved
    {
        get
        {
            lock (_gate) return _isRemoved;
        }
    }

    /// <summary>What is to end with the log; called once, outside the gate.</summary>
    public Action? WhenRemoved { get; set; }

    public int Subscriptions
    {
        get
        {
            lock (_gate) return _subscriptions;
        }
    }

    /// <summary>Where deliveries are recorded; null for nowhere.</summary>
    public CoordinationInstruments? Instruments { get; } = options.Metrics?.Instruments;

    public long TicksSince(long timestamp) => _time.GetElapsedTime(timestamp).Ticks;

    /// <summary>Appends a signal when no subscriber must catch up first.</summary>
    public AppendOutcome TryAppend(Signal signal, PendingRequest? request = null)
    {
        var publishedAt = _time.GetTimestamp();
        var woken = default(WakeList);
        lock (_gate)
        {
            if (TryEnter(signal) is var outcome and not AppendOutcome.Appended) return outcome;
            Append(signal, publishedAt, request, ref woken);
        }

        woken.Wake(hasSignal: true);
        return AppendOutcome.Appended;
    }

    /// <summary>Appends a signal, waiting for subscribers that must catch up first.</summary>
    public ValueTask<AppendOutcome> AppendAsync(Signal signal, PendingRequest? request, CancellationToken cancellationToken)
    {
        var publishedAt = _time.GetTimestamp();
        var woken = default(WakeList);
        lock (_gate)
        {
            if (IsThere(signal)) return ValueTask.FromResult(AppendOutcome.Appended);
            switch (TryEnter(signal))
            {
                case AppendOutcome.Appended:
                    Append(signal, publishedAt, request, ref woken);
                    break;
                case AppendOutcome.Full:
                    return new ValueTask<AppendOutcome>(WaitAsync(_publishers.AddLast(new WaitingPublisher(signal, request)), cancellationToken));
                case var refused:
                    return ValueTask.FromResult(refused);
            }
        }

        woken.Wake(hasSignal: true);
        return ValueTask.FromResult(AppendOutcome.Appended);
    }

    /// <summary>Waits for subscribers that must catch up before a signal, without appending it.</summary>
    public ValueTask<AppendOutcome> WaitForRoomAsync(Signal signal, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var outcome = TryEnter(signal);
            return outcome is AppendOutcome.Full
                ? new ValueTask<AppendOutcome>(WaitAsync(_publishers.AddLast(new WaitingPublisher(signal, request: null, onlyForRoom: true)), cancellationToken))
                : ValueTask.FromResult(outcome);
        }
    }

    /// <summary>
    /// Delivers a signal whose store has just given it its position, when it is its turn and nobody must catch up; otherwise the feed will
    /// bring it.
    /// </summary>
    public void Place(Signal signal, long position, PendingRequest? request)
    {
        var publishedAt = _time.GetTimestamp();
        var woken = default(WakeList);
        lock (_gate)
        {
            signal.PlaceAt(position, publishedAt);
            if (position == _ring.Last + 1 && TryEnter(signal) is AppendOutcome.Appended) Append(signal, publishedAt, request: null, ref woken);
            if (request is not null) Expect(signal, request);
        }

        woken.Wake(hasSignal: true);
    }

    /// <summary>Puts a signal that has its position already where it belongs. It never waits: it has happened.</summary>
    /// <returns>False when the position is taken already.</returns>
    /// <exception cref="ArgumentException">Signals before it are missing.</exception>
    public bool Restore(Signal signal)
    {
        var publishedAt = _time.GetTimestamp();
        var woken = default(WakeList);
        lock (_gate)
        {
            if (_isRemoved || signal.Position <= _ring.Last) return false;
            if (_ring.Last == 0 && _subscriptions == 0) _ring.BeginAt(signal.Position);
            if (signal.Position != _ring.Last + 1)
                throw new ArgumentException($"The signal {signal.Id} cannot follow position {_ring.Last}.", nameof(signal));
            if (_ring.Last >= _limit) Admit(signal);
            Append(signal, publishedAt, request: null, ref woken);
        }

        woken.Wake(hasSignal: true);
        return true;
    }

    /// <summary>Ends the coordination: what is published is delivered, nothing more is accepted.</summary>
    /// <returns>False when it had ended already.</returns>
    public bool Complete()
    {
        var woken = default(WakeList);
        lock (_gate)
        {
            if (_isCompleted || _isRemoved) return false;
            _isCompleted = true;
            LastActiveTicks = _time.GetUtcNow().UtcTicks;
            EndAll(AppendOutcome.Completed, ref woken);
        }

        woken.Wake(hasSignal: false);
        return true;
    }

    /// <summary>Ends everything at once; nobody gets anything more.</summary>
    /// <param name="onlyWhenIdleSince">When given, only a log that was idle since then, in ticks of UTC, and has no subscription.</param>
    /// <returns>False when it stays, or was removed already.</returns>
    public bool Remove(long? onlyWhenIdleSince = null)
    {
        var woken = default(WakeList);
        lock (_gate)
        {
            if (_isRemoved) return false;
            if (onlyWhenIdleSince is { } since && (_subscriptions > 0 || _requests.Count > 0 || LastActiveTicks > since)) return false;
            _isRemoved = true;
            EndAll(AppendOutcome.Removed, ref woken);
            foreach (var cursor in _busy) cursor.State = CursorState.Closed;
            _busy.Clear();
            _subscriptions = 0;
            _ring.DropBefore(long.MaxValue);
        }

        woken.Wake(hasSignal: false);
        WhenRemoved?.Invoke();
        return true;
    }

    public void Forget(string requestId)
    {
        lock (_gate) _requests.Remove(requestId);
    }

    public Signal[] ToArray()
    {
        lock (_gate) return _ring.ToArray();
    }

    public SignalMetrics GetMetrics()
    {
        lock (_gate)
        {
            _busy.ForEach(Trim);
            return _tally.Sum([.. _busy, .. _waiters.All]) with
            {
                DroppedFromHistory = _ring.First - 1,
                HistorySize = _ring.Count,
                Subscriptions = _subscriptions,
                PendingRequests = _requests.Count,
            };
        }
    }

    /// <summary>True for a signal that has a position which the log has reached.</summary>
    private bool IsThere(Signal signal) => signal.Position > 0 && signal.Position <= _ring.Last;

    /// <summary>Lets a request wait for its reply, which may have come already.</summary>
    private void Expect(Signal signal, PendingRequest request)
    {
        for (var position = Math.Max(signal.Position + 1, _ring.First); position <= _ring.Last; position++)
        {
            if (_ring[position].ReplyTo != signal.Id) continue;
            request.Settle(_ring[position]);
            return;
        }

        if (_isCompleted || _isRemoved) request.Settle(null);
        else _requests.Add(signal.Id, request);
    }

    private AppendOutcome TryEnter(Signal signal) =>
        _isRemoved ? AppendOutcome.Removed
        : _isCompleted ? AppendOutcome.Completed
        : _ring.Last >= _limit && !TryAdmit(signal) ? AppendOutcome.Full
        : AppendOutcome.Appended;

    private void Append(Signal signal, long publishedAt, PendingRequest? request, ref WakeList woken)
    {
        if (signal.Position > _ring.Last + 1) throw new InvalidOperationException($"The signal {signal.Id} cannot follow position {_ring.Last}.");
        signal.PlaceAt(_ring.Last + 1, publishedAt);
        _ring.Add(signal);
        if (_ring.Count > _most) _ring.DropBefore(Math.Min(_ring.Last - _most + 1, LowestNeeded()));
        LastActiveTicks = signal.Timestamp.UtcTicks;
        if (LastActiveTicks >= _nextAgeCheckTicks) DropOld(LastActiveTicks);
        _tally.Count(signal);
        _waiters.Hand(signal, this, ref woken);
        if (request is not null) _requests.Add(signal.Id, request);
        if (signal.ReplyTo is { } requestId && _requests.Remove(requestId, out var asked)) asked.Settle(signal);
    }

    private async Task<AppendOutcome> WaitAsync(LinkedListNode<WaitingPublisher> node, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister((_, token) =>
        {
            lock (_gate)
            {
                if (node.List is not null) _publishers.Remove(node);
            }

            node.Value.Cancel(token);
        }, null);
        return await node.Value.Outcome;
    }

    /// <summary>Ends all who wait: consumers, publishers, senders of requests.</summary>
    private void EndAll(AppendOutcome outcome, ref WakeList woken)
    {
        foreach (var cursor in _waiters.All)
        {
            Detach(cursor, CursorState.Closed);
            woken.Add(cursor);
        }

        foreach (var publisher in _publishers) publisher.Settle(outcome);
        _publishers.Clear();
        foreach (var request in _requests.Values) request.Settle(null);
        _requests.Clear();
    }
}
