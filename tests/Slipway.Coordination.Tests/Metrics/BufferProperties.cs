using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Buffering;

namespace Slipway.Coordination.Tests.Metrics;

/// <summary>The buffer against a simple queue, the histogram against a sorted list.</summary>
public sealed class BufferProperties
{
    [Fact]
    public void Ring_UnderAnyAddsAndTakes_IsABoundedQueue() =>
        Check.QuickThrowOnFailure(Prop.ForAll<byte, int[]>((size, operations) =>
        {
            var capacity = (size % 7) + 1;
            var ring = new MetricRing(capacity);
            var model = new Queue<(long Number, double Value)>();
            var added = 0L;
            foreach (var operation in operations)
            {
                if (operation % 3 != 0)
                {
                    var isRoom = ring.Add(new MetricEntry(null!, null!, operation, 0, null, null));
                    model.Enqueue((++added, operation));
                    if (isRoom != model.Count <= capacity) return false;
                    if (!isRoom) model.Dequeue();
                    continue;
                }

                var into = new MetricEntry[Math.Abs(operation % 5)];
                var taken = ring.Take(into, out var first);
                if (taken != Math.Min(into.Length, model.Count)) return false;
                for (var i = 0; i < taken; i++)
                {
                    if (model.Dequeue() != (first + i, into[i].Value)) return false;
                }
            }

            return ring.Count == model.Count && ring.Added == added;
        }));

    [Fact]
    public void Quantile_OfAnyNumbers_IsWithinAThirtySecond() =>
        Check.QuickThrowOnFailure(Prop.ForAll<int[], byte>((numbers, share) =>
        {
            if (numbers.Length == 0) return true;
            var wanted = (share + 1) / 256.0;
            var histogram = new ValueHistogram();
            foreach (var number in numbers) histogram.Add(number / 1000.0);
            var sorted = numbers.Order().Select(number => number / 1000.0).ToArray();
            var exact = sorted[Math.Max(1, (int)Math.Ceiling(wanted * sorted.Length)) - 1];
            return Math.Abs(histogram.Quantile(wanted) - exact) <= (Math.Abs(exact) / 32) + 1e-12
                && histogram.Min == sorted[0] && histogram.Max == sorted[^1] && histogram.Count == sorted.Length;
        }));

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(0)]
    [InlineData(-1e300)]
    public void Quantile_OfExtremes_StaysBetweenLeastAndMost(double value)
    {
        var histogram = new ValueHistogram();
        histogram.Add(value);

        Assert.Equal(value, histogram.Quantile(0.5));
    }
}
