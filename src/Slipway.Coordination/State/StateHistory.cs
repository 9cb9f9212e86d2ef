using System.Text.Json;

namespace Slipway.Coordination.State;

/// <summary>
/// The newest changes, oldest dropped first. Written by one at a time, read by any number without waiting: a reader goes from the newest
/// change back, and what is dropped is cut off behind it.
/// </summary>
internal sealed class StateHistory(int capacity, long version)
{
    private volatile Node? _newest;
    private Node? _oldest;

    /// <summary>How many changes are kept; a version counts for each of its keys, at least once.</summary>
    public int Size { get; private set; }

    /// <summary>How many changes were dropped because there was no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>The oldest version that can be computed back to.</summary>
    public long OldestVersion { get; private set; } = version;

    public void Add(StateChange change)
    {
        var node = new Node(change, _newest);
        if (_newest is { } before) before.Next = node;
        else _oldest = node;
        _newest = node;
        Size += node.Weight;
        while (Size > capacity && _oldest is { } dropped)
        {
            Dropped += dropped.Weight;
            Size -= dropped.Weight;
            OldestVersion = dropped.Change.Version;
            _oldest = dropped.Next;
            // Who holds the dropped one must not hold all that came after it.
            dropped.Next = null;
            if (_oldest is null) _newest = null;
            else _oldest.Previous = null;
        }
    }

    /// <summary>Forgets all changes; this version is the oldest from now on.</summary>
    public int Clear(long version)
    {
        var size = Size;
        (_newest, _oldest, Size, OldestVersion) = (null, null, 0, version);
        return size;
    }

    public IEnumerable<StateChange> NewestFirst()
    {
        for (var node = _newest; node is not null; node = node.Previous) yield return node.Change;
    }

    /// <summary>The changes after a version that is kept, oldest first.</summary>
    public List<StateChange> After(long version)
    {
        var changes = new List<StateChange>();
        foreach (var change in NewestFirst())
        {
            if (change.Version <= version) break;
            changes.Add(change);
        }

        changes.Reverse();
        return changes;
    }

    /// <summary>The value that each key changed since had at a version that is kept, by key; null when it was not there.</summary>
    public SortedDictionary<string, JsonElement?> ValuesAt(long version)
    {
        var values = new SortedDictionary<string, JsonElement?>(StringComparer.Ordinal);
        foreach (var change in NewestFirst())
        {
            if (change.Version <= version) break;
            foreach (var write in change.Writes) values[write.Key] = write.OldValue;
        }

        return values;
    }

    private sealed class Node(StateChange change, Node? previous)
    {
        private volatile Node? _previous = previous;

        public StateChange Change { get; } = change;

        public int Weight { get; } = Math.Max(1, change.Writes.Count);

        public Node? Next { get; set; }

        public Node? Previous
        {
            get => _previous;
            set => _previous = value;
        }
    }
}
