using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>What a coordination's metrics are made of: what was published, and what consumers that are gone did. Guarded by the log's gate.</summary>
internal sealed class SignalTally
{
    private const int MostTypes = 1_000;
    private readonly Dictionary<SignalType, long> _byType = [];
    private long _sent;
    private Share _past;

    public void Count(Signal signal)
    {
        _sent++;
        ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(_byType, signal.Type);
        if (!Unsafe.IsNullRef(ref count)) count++;
        else if (_byType.Count < MostTypes) _byType.Add(signal.Type, 1);
    }

    /// <summary>Keeps what a cursor did that is taken out.</summary>
    public void Keep(SignalCursor cursor) => _past.Add(cursor);

    public SignalMetrics Sum(IReadOnlyList<SignalCursor> open)
    {
        var sum = _past;
        foreach (var cursor in open) sum.Add(cursor);
        return new SignalMetrics
        {
            TotalSignalsSent = _sent,
            TotalSignalsReceived = sum.Delivered,
            AveragePropagationMs = sum.Live == 0 ? 0 : TimeSpan.FromTicks(sum.Ticks).TotalMilliseconds / sum.Live,
            MaxPropagationMs = TimeSpan.FromTicks(sum.LongestTicks).TotalMilliseconds,
            SignalsByType = new Dictionary<SignalType, long>(_byType),
            DroppedForConsumers = sum.Dropped,
            DroppedFromHistory = 0,
            HistorySize = 0,
            Subscriptions = 0,
            PendingRequests = 0,
        };
    }

    private struct Share
    {
        public long Delivered;
        public long Live;
        public long Ticks;
        public long LongestTicks;
        public long Dropped;

        public void Add(SignalCursor cursor)
        {
            Delivered += cursor.Delivered;
            Live += cursor.DeliveredLive;
            Ticks += cursor.PropagationTicks;
            LongestTicks = Math.Max(LongestTicks, cursor.LongestTicks);
            Dropped += cursor.Dropped;
        }
    }
}
