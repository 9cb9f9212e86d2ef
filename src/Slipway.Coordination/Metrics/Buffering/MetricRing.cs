namespace Slipway.Coordination.Metrics.Buffering;

/// <summary>
/// A buffer of fixed size that lets the oldest go. Used under its owner's lock. It is made of chunks, and who takes gets one as it is: so
/// that recorders do not wait while it is read, which takes long where another processor wrote it.
/// </summary>
internal sealed class MetricRing
{
    private readonly Queue<MetricChunk> _chunks;
    private readonly Stack<MetricChunk> _free;
    private MetricChunk _newest;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">How many it keeps.</param>
    /// <param name="chunkSize">How many are taken at once, at most.</param>
    public MetricRing(int capacity, int chunkSize)
    {
        Capacity = capacity;
        // The oldest and the newest may be filled in part; one is full before an entry is dropped for it, and one is read.
        var chunks = (capacity / chunkSize) + 4;
        _chunks = new Queue<MetricChunk>(chunks);
        _free = new Stack<MetricChunk>(Enumerable.Range(0, chunks).Select(_ => new MetricChunk(chunkSize)));
        _chunks.Enqueue(_newest = _free.Pop());
    }

    public int Count { get; private set; }

    public int Capacity { get; }

    /// <summary>How many were ever added.</summary>
    public long Added { get; private set; }

    /// <summary>Adds an entry.</summary>
    /// <returns>False when the oldest had to go for it.</returns>
    public bool Add(in MetricEntry entry)
    {
        if (_newest.IsFull) _chunks.Enqueue(_newest = _free.Pop());
        _newest.Add(entry);
        Added++;
        if (Count < Capacity)
        {
            Count++;
            return true;
        }

        var oldest = _chunks.Peek();
        oldest.DropOldest();
        if (oldest.Count == 0)
        {
            oldest.Clear();
            Return(_chunks.Dequeue());
        }

        return false;
    }

    /// <summary>Takes the oldest entries.</summary>
    /// <param name="firstNumber">The number of the first taken, counted from 1 over all that were added.</param>
    /// <returns>The entries; clear it once they are read, and <see cref="Return"/> it before more are taken.</returns>
    public MetricChunk Take(out long firstNumber)
    {
        firstNumber = Added - Count + 1;
        var taken = _chunks.Dequeue();
        Count -= taken.Count;
        if (taken == _newest) _chunks.Enqueue(_newest = _free.Pop());
        return taken;
    }

    /// <summary>Gives back a chunk that is clear.</summary>
    public void Return(MetricChunk chunk) => _free.Push(chunk);
}
