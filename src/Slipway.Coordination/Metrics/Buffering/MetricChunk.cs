namespace Slipway.Coordination.Metrics.Buffering;

/// <summary>A part of a <see cref="MetricRing"/>: filled from the front, emptied from the front.</summary>
internal sealed class MetricChunk(int size)
{
    private readonly MetricEntry[] _entries = new MetricEntry[size];
    private int _first;
    private int _end;

    public int Count => _end - _first;

    public bool IsFull => _end == _entries.Length;

    public ReadOnlySpan<MetricEntry> Entries => _entries.AsSpan(_first, Count);

    public void Add(in MetricEntry entry) => _entries[_end++] = entry;

    public void DropOldest() => _first++;

    /// <summary>Forgets all, so that it can be filled anew.</summary>
    public void Clear()
    {
        Array.Clear(_entries);
        (_first, _end) = (0, 0);
    }
}
