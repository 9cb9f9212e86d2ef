namespace Slipway.Coordination.Routing;

/// <summary>How often each task was sent to be tried again. Bounded: the task longest without a retry gives way. Not safe for several threads.</summary>
/// <param name="limit">How many tasks it keeps.</param>
internal sealed class RetryLedger(int limit)
{
    private readonly Dictionary<(string? CorrelationId, string Task), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    public int Count(string? correlationId, string task) => _entries.TryGetValue((correlationId, task), out var node) ? node.Value.Retries : 0;

    public void Add(string? correlationId, string task)
    {
        if (_entries.TryGetValue((correlationId, task), out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            if (_entries.Count == limit) Remove(_byUse.First!.Value.Key);
            node = new LinkedListNode<Entry>(new Entry((correlationId, task)));
            _entries.Add(node.Value.Key, node);
        }

        node.Value.Retries++;
        _byUse.AddLast(node);
    }

    public void Forget(string? correlationId, string task) => Remove((correlationId, task));

    public void Clear()
    {
        _entries.Clear();
        _byUse.Clear();
    }

    private void Remove((string? CorrelationId, string Task) key)
    {
        if (_entries.Remove(key, out var node)) _byUse.Remove(node);
    }

    private sealed class Entry((string? CorrelationId, string Task) key)
    {
        public (string? CorrelationId, string Task) Key => key;

        public int Retries { get; set; }
    }
}
