using System.Collections.Concurrent;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>The logs of a hub by coordination. Those whose time has passed are taken out now and then, by whoever comes along.</summary>
internal sealed class SignalLogs(SignalHubOptions options)
{
    private const int SweepsPerLife = 24;
    private readonly ConcurrentDictionary<string, SignalLog> _logs = new(StringComparer.Ordinal);
    private long _nextSweepTicks = options.TimeToLive is null ? long.MaxValue : 0;

    public int Count => _logs.Count;

    public int Subscriptions => _logs.Values.Sum(log => log.Subscriptions);

    public SignalLog? Get(string coordinationId)
    {
        ArgumentNullException.ThrowIfNull(coordinationId);
        SweepWhenDue();
        return _logs.GetValueOrDefault(coordinationId);
    }

    public SignalLog GetOrAdd(string coordinationId)
    {
        SweepWhenDue();
        return _logs.TryGetValue(coordinationId, out var log) ? log : _logs.GetOrAdd(coordinationId, static (id, options) => new SignalLog(id, options), options);
    }

    public bool Remove(string coordinationId) => _logs.TryRemove(coordinationId, out var log) && log.Remove();

    public void Remove(SignalLog log)
    {
        _logs.TryRemove(KeyValuePair.Create(log.CoordinationId, log));
        log.Remove();
    }

    public void Clear()
    {
        foreach (var id in _logs.Keys) Remove(id);
    }

    private void SweepWhenDue()
    {
        var due = Volatile.Read(ref _nextSweepTicks);
        if (due == long.MaxValue) return;
        var now = options.Time.GetUtcNow().UtcTicks;
        if (now < due) return;
        var life = options.TimeToLive!.Value.Ticks;
        if (Interlocked.CompareExchange(ref _nextSweepTicks, now + (life / SweepsPerLife), due) != due) return;
        foreach (var (id, log) in _logs)
        {
            if (log.Remove(onlyWhenIdleSince: now - life)) _logs.TryRemove(KeyValuePair.Create(id, log));
        }
    }
}
