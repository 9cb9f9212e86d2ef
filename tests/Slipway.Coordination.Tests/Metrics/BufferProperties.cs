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
            var most = (size / 7 % 4) + 1;
            var ring = new MetricRing(capacity, most);
            var model = new Queue<(long Number, double Value)>();
            var added = 0L;
            // What was taken is read only when the next is: what is added meanwhile must not change it.
            var taken = ring.Take(out var number);
            List<(long Number, double Value)> expected = [];
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

                if (!IsAsTaken()) return false;
                taken = ring.Take(out number);
                // All that is left of the oldest chunk, however many of it had to go.
                if (taken.Count > most || (taken.Count == 0 && model.Count > 0)) return false;
                expected = [.. Enumerable.Range(0, taken.Count).Select(_ => model.Dequeue())];
            }

            return IsAsTaken() && ring.Count == model.Count && ring.Added == added;

            bool IsAsTaken()
            {
                var read = taken.Entries.ToArray().Select((entry, i) => (number + i, entry.Value)).ToList();
                taken.Clear();
                ring.Return(taken);
                return read.SequenceEqual(expected);
            }
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
