namespace Slipway.Coordination.Metrics.Buffering;

/// <summary>
/// Counts numbers in buckets whose width grows with the number: 16 for each power of two, so that a quantile is right within 1/32 of
/// itself, in 8 KiB. Numbers nearer to zero than 2^-20 count as zero, those beyond 2^44 as the largest.
/// </summary>
internal sealed class ValueHistogram
{
    private const int BitsOfBucket = 4;
    private const int BitsBelowBucket = 52 - BitsOfBucket;
    private const int Buckets = 64 << BitsOfBucket;
    private const long FirstBucket = (1023L - 20) << BitsOfBucket;

    private readonly long[] _positive = new long[Buckets];
    private long[]? _negative;
    private long _zeroes;

    public long Count { get; private set; }

    public double Min { get; private set; }

    public double Max { get; private set; }

    public void Add(double value)
    {
        if (Count++ == 0) Min = Max = value;
        else if (value < Min) Min = value;
        else if (value > Max) Max = value;
        var bucket = BucketOf(Math.Abs(value));
        if (bucket < 0) _zeroes++;
        else if (value > 0) _positive[bucket]++;
        else (_negative ??= new long[Buckets])[bucket]++;
    }

    /// <summary>The number that this share of all does not exceed; 0 when there is none.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public double Quantile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        return Count == 0 ? 0 : Math.Clamp(At(rank), Min, Max);
    }

    private static int BucketOf(double size) =>
        (int)Math.Min(Buckets - 1, (BitConverter.DoubleToInt64Bits(size) >> BitsBelowBucket) - FirstBucket);

    private static double MiddleOf(int bucket) =>
        (EdgeOf(bucket) + EdgeOf(bucket + 1)) / 2;

    private static double EdgeOf(int bucket) => BitConverter.Int64BitsToDouble((FirstBucket + bucket) << BitsBelowBucket);

    private double At(long rank)
    {
        for (var bucket = Buckets - 1; _negative is not null && bucket >= 0; bucket--)
        {
            if ((rank -= _negative[bucket]) <= 0) return -MiddleOf(bucket);
        }

        if ((rank -= _zeroes) <= 0) return 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if ((rank -= _positive[bucket]) <= 0) return MiddleOf(bucket);
        }

        return Max;
    }
}
