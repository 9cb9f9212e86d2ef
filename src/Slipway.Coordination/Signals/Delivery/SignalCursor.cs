using System.Threading.Tasks.Sources;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>
/// Where a subscription stands in its coordination's log. What is not said otherwise is guarded by the log's gate. One consumer reads; who
/// publishes hands a signal over to a consumer that waits for one.
/// </summary>
internal sealed class SignalCursor(SignalLog log, SignalSubscriptionOptions options, int capacity, Signal[] past) : IAsyncEnumerator<Signal>, IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _wake = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;
    private StoreReplay? _older;
    private Signal[] _past = past;
    private int _replayed;
    private long _delivered;
    private long _deliveredLive;
    private long _propagationTicks;
    private long _longestTicks;

    public SignalSubscriptionOptions Options { get; } = options;

    /// <summary>How many signals may wait.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>The first position not yet looked at for the consumer.</summary>
    public long Next { get; set; }

    /// <summary>The first position, at <see cref="Next"/> or after it, that <see cref="Pending"/> does not count yet.</summary>
    public long Counted { get; set; }

    /// <summary>The signals that fit from <see cref="Next"/> up to <see cref="Counted"/>.</summary>
    public int Pending { get; set; }

    /// <summary>How many positions that were asked for history had dropped already.</summary>
    public long Missing { get; set; }

    public long Dropped { get; set; }

    public CursorState State { get; set; }

    /// <summary>True while the consumer waits for the next signal.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>True when a publisher waits for this cursor.</summary>
    public bool HoldsPublishers { get; set; }

    /// <summary>The place among the cursors that wait or among those that are busy.</summary>
    public int Index { get; set; }

    /// <summary>Where it waits.</summary>
    public List<SignalCursor>? Bucket { get; init; }

    /// <summary>The next of those that are woken together.</summary>
    public SignalCursor? NextWoken { get; set; }

    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>The signals delivered that were published after the cursor was made.</summary>
    public long DeliveredLive => Volatile.Read(ref _deliveredLive);

    public long PropagationTicks => Volatile.Read(ref _propagationTicks);

    public long LongestTicks => Volatile.Read(ref _longestTicks);

    /// <summary>The signal that was taken or handed over last.</summary>
    public Signal Current { get; set; } = null!;

    /// <summary>True when the consumer is to see the signal.</summary>
    public bool Wants(Signal signal) => IsForIt(signal) && Options.Filter?.Matches(signal) != false;

    /// <summary>Ends the enumeration when the token is cancelled.</summary>
    public void EndWith(CancellationToken cancellationToken)
    {
        _token = cancellationToken;
        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static cursor => ((SignalCursor)cursor!).Cancel(), this);
    }

    /// <summary>Begins with what history has dropped but a store has. Called before the cursor is read.</summary>
    public void ReadFirst(StoreReplay older)
    {
        _older = older;
        Missing = 0;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_older is not null) return ReplayOlderAsync(_older);
        if (TryReplay()) return new ValueTask<bool>(true);
        return log.Take(this) switch
        {
            CursorStep.Taken => new ValueTask<bool>(Deliver()),
            CursorStep.Waiting => new ValueTask<bool>(this, _wake.Version),
            _ => End(),
        };
    }

    /// <summary>Takes a signal that is there already.</summary>
    public bool TryMoveNext() => _older is not null
        ? throw new InvalidOperationException("What is still to be read from the store is read in a loop.")
        : TryReplay() || (log.Take(this, mayWait: false) is CursorStep.Taken && Deliver());

    /// <summary>How many of the signals that were there before the cursor are still to come.</summary>
    public int CountPast() => _past.Skip(_replayed).Count(Wants);

    public ValueTask DisposeAsync()
    {
        _registration.Unregister();
        log.Close(this, CursorState.Closed);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes ready for the next wait. The log calls it before anybody can wake the cursor.</summary>
    public void PrepareToWait() => _wake.Reset();

    /// <summary>Lets the consumer go on, on a thread of its own. Called outside the gate, once for each wait.</summary>
    /// <param name="hasSignal">False when it is to end.</param>
    public void Wake(bool hasSignal) => _wake.SetResult(hasSignal);

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        var hasSignal = _wake.GetResult(token);
        return hasSignal ? Deliver() : EndNow();
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);

    private async ValueTask<bool> ReplayOlderAsync(StoreReplay older)
    {
        while (State is CursorState.Open && await older.NextAsync(_token) is { } signal)
        {
            Missing = older.Missing;
            if (!Wants(signal)) continue;
            Current = signal;
            Volatile.Write(ref _delivered, _delivered + 1);
            log.Instruments?.SignalsReceived.Record(1, log.CoordinationId, Options.AgentId);
            return true;
        }

        Missing = older.Missing;
        _older = null;
        return await MoveNextAsync();
    }

    /// <summary>Takes the next of the signals that were there before the cursor. They are its own, so nobody else is in the way.</summary>
    private bool TryReplay()
    {
        while (_replayed < _past.Length && State is CursorState.Open)
        {
            Current = _past[_replayed++];
            if (!Wants(Current)) continue;
            Volatile.Write(ref _delivered, _delivered + 1);
            log.Instruments?.SignalsReceived.Record(1, log.CoordinationId, Options.AgentId);
            return true;
        }

        _past = [];
        return false;
    }

    /// <summary>Counts the delivery of a signal that came after the cursor. Only the consumer's thread comes here.</summary>
    private bool Deliver()
    {
        Volatile.Write(ref _delivered, _delivered + 1);
        Volatile.Write(ref _deliveredLive, _deliveredLive + 1);
        var ticks = log.TicksSince(Current.PublishedAt);
        Volatile.Write(ref _propagationTicks, _propagationTicks + ticks);
        if (ticks > _longestTicks) Volatile.Write(ref _longestTicks, ticks);
        if (log.Instruments is { } instruments)
        {
            instruments.SignalsReceived.Record(1, log.CoordinationId, Options.AgentId);
            instruments.PropagationTime.Record(new TimeSpan(ticks), log.CoordinationId, Options.AgentId);
        }

        return true;
    }

    private ValueTask<bool> End()
    {
        try
        {
            return new ValueTask<bool>(EndNow());
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<bool>(exception);
        }
    }

    private bool EndNow() => State switch
    {
        CursorState.Cancelled => throw new OperationCanceledException(_token),
        CursorState.Overflowed => throw new SignalOverflowException(log.CoordinationId, Next, Capacity),
        _ => false,
    };

    private void Cancel() => log.Close(this, CursorState.Cancelled);

    private bool IsForIt(Signal signal)
    {
        if (signal.IsBroadcast || Options.IncludeAddressed) return true;
        if (Options.AgentId is not { } agent) return false;
        for (var i = 0; i < signal.Recipients.Count; i++)
        {
            if (signal.Recipients[i] == agent) return true;
        }

        return false;
    }
}
