namespace Slipway.Coordination.Signals.Delivery;

/// <summary>
/// The cursors whose consumers wait, by whom they listen for: an addressed signal looks at those of its recipients only, however many
/// others wait. Guarded by the log's gate.
/// </summary>
internal sealed class SignalWaiters
{
    private readonly List<SignalCursor> _anonymous = [];
    private readonly List<SignalCursor> _observers = [];
    private readonly Dictionary<string, AgentBucket> _agents = new(StringComparer.Ordinal);

    /// <summary>Where a new cursor is to wait.</summary>
    public List<SignalCursor> Open(SignalSubscriptionOptions options)
    {
        if (options.IncludeAddressed) return _observers;
        if (options.AgentId is not { } agent) return _anonymous;
        if (!_agents.TryGetValue(agent, out var bucket)) _agents.Add(agent, bucket = new AgentBucket());
        bucket.Subscriptions++;
        return bucket.Cursors;
    }

    /// <summary>Forgets the agent of a cursor that is gone, once nobody listens for it.</summary>
    public void Close(SignalSubscriptionOptions options)
    {
        if (options is { IncludeAddressed: false, AgentId: { } agent } && --_agents[agent].Subscriptions == 0) _agents.Remove(agent);
    }

    /// <summary>Hands a signal over to all who wait for it.</summary>
    public void Hand(Signal signal, SignalLog log, ref WakeList woken)
    {
        HandTo(_observers, signal, log, ref woken);
        if (signal.IsBroadcast)
        {
            HandTo(_anonymous, signal, log, ref woken);
            foreach (var bucket in _agents.Values) HandTo(bucket.Cursors, signal, log, ref woken);
            return;
        }

        for (var i = 0; i < signal.Recipients.Count; i++)
        {
            if (_agents.TryGetValue(signal.Recipients[i], out var bucket)) HandTo(bucket.Cursors, signal, log, ref woken);
        }
    }

    /// <summary>Everybody who waits, for the end.</summary>
    public IEnumerable<SignalCursor> All => [.. _observers, .. _anonymous, .. _agents.Values.SelectMany(bucket => bucket.Cursors)];

    private static void HandTo(List<SignalCursor> cursors, Signal signal, SignalLog log, ref WakeList woken)
    {
        for (var i = cursors.Count - 1; i >= 0; i--)
        {
            var cursor = cursors[i];
            if (signal.Position < cursor.Next || !cursor.Wants(signal)) continue;
            log.HandOver(cursor, signal);
            woken.Add(cursor);
        }
    }

    private sealed class AgentBucket
    {
        public List<SignalCursor> Cursors { get; } = [];

        public int Subscriptions { get; set; }
    }
}
