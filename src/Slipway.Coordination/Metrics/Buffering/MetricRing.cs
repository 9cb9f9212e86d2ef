namespace Slipway.Coordination.Metrics.Buffering;

/// <summary>A buffer of fixed size that lets the oldest go. Used under its owner's lock.</summary>
internal sealed class MetricRing(int capacity)
{
    private readonly MetricEntry[] _entries = new MetricEntry[capacity];
    private int _oldest;

    public int Count { get; private set; }

    public int Capacity => _entries.Length;

    /// <summary>How many were ever added.</summary>
    public long Added { get; private set; }

    /// <summary>Adds an entry.</summary>
    /// <returns>False when the oldest had to go for it.</returns>
    public bool Add(in MetricEntry entry)
    {
        var place = _oldest + Count;
        if (place >= _entries.Length) place -= _entries.Length;
        _entries[place] = entry;
        Added++;
        if (Count < _entries.Length)
        {
            Count++;
            return true;
        }

        if (++_oldest == _entries.Length) _oldest = 0;
        return false;
    }

    /// <summary>Takes the oldest entries.</summary>
    /// <param name="into">As many as are wanted.</param>
    /// <param name="firstNumber">The number of the first taken, counted from 1 over all that were added.</param>
    /// <returns>How many were taken.</returns>
    public int Take(Span<MetricEntry> into, out long firstNumber)
    {
        firstNumber = Added - Count + 1;
        var taken = Math.Min(into.Length, Count);
        for (var i = 0; i < taken; i++)
        {
            into[i] = _entries[_oldest];
            _entries[_oldest] = default;
            if (++_oldest == _entries.Length) _oldest = 0;
        }

        Count -= taken;
        return taken;
    }
}
