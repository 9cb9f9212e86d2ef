namespace Slipway.Storage.Waking;

/// <summary>
/// Wakes who waits for a change. A change is named by its topic and told by whoever made it in this process, or by the listener for others.
/// </summary>
/// <param name="listenAsync">Makes sure that changes by other processes are told from now on.</param>
internal sealed class ChangeBell(Func<CancellationToken, ValueTask> listenAsync)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<ChangeWatch>> _watches = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <summary>Whether anybody waits.</summary>
    public bool IsWatched
    {
        get
        {
            lock (_gate) return _watches.Count > 0;
        }
    }

    /// <summary>Begins to watch topics. What changes from now on is not missed, however long the watcher looks before it waits.</summary>
    public async ValueTask<ChangeWatch> WatchAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        var watch = new ChangeWatch(this, topics);
        lock (_gate)
        {
            if (_isClosed) watch.Close();
            foreach (var topic in topics)
            {
                if (!_watches.TryGetValue(topic, out var watches)) _watches.Add(topic, watches = []);
                watches.Add(watch);
            }
        }

        try
        {
            await listenAsync(cancellationToken);
            return watch;
        }
        catch
        {
            watch.Dispose();
            throw;
        }
    }

    /// <summary>Tells of a change.</summary>
    public void Ring(string topic)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(topic, out var watches)) return;
            foreach (var watch in watches) watch.Ring();
        }
    }

    /// <summary>Tells that anything may have changed.</summary>
    public void RingAll() => ForEach(static watch => watch.Ring());

    /// <summary>Ends all waiting, now and later.</summary>
    public void Close()
    {
        lock (_gate) _isClosed = true;
        ForEach(static watch => watch.Close());
    }

    internal void Remove(ChangeWatch watch, IReadOnlyList<string> topics)
    {
        lock (_gate)
        {
            foreach (var topic in topics)
            {
                if (_watches.TryGetValue(topic, out var watches) && watches.Remove(watch) && watches.Count == 0) _watches.Remove(topic);
            }
        }
    }

    private void ForEach(Action<ChangeWatch> act)
    {
        lock (_gate)
        {
            foreach (var watches in _watches.Values)
            {
                foreach (var watch in watches) act(watch);
            }
        }
    }
}
