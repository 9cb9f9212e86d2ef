namespace Slipway.Coordination.State;

/// <summary>Counts from many threads at once: each processor has a place of its own, far enough from the others' not to share a cache line.</summary>
internal sealed class StripedCounter
{
    private const int Stride = 16;
    private const int Stripes = 16;
    private readonly long[] _counts = new long[(Stripes + 1) * Stride];

    public long Value
    {
        get
        {
            var sum = 0L;
            for (var stripe = 1; stripe <= Stripes; stripe++) sum += Volatile.Read(ref _counts[stripe * Stride]);
            return sum;
        }
    }

    /// <summary>Counts one more.</summary>
    /// <returns>The count of this processor's place, for who wants to do something now and then.</returns>
    public long Increment() => Interlocked.Increment(ref _counts[((Thread.GetCurrentProcessorId() & (Stripes - 1)) + 1) * Stride]);
}
