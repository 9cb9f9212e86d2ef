namespace Slipway.Coordination.Routing;

/// <summary>The newest routings and the sums of all. Not safe for several threads.</summary>
/// <param name="limit">How many it keeps.</param>
internal sealed class RoutingLog(int limit)
{
    private readonly Queue<RoutingHistoryRecord> _records = new();
    private readonly long[] _decisions = new long[Enum.GetValues<RoutingDecision>().Length];
    private readonly long[] _strategies = new long[Enum.GetValues<RoutingStrategy>().Length];
    private long _total;
    private TimeSpan _sum;
    private TimeSpan _shortest;
    private TimeSpan _longest;

    public void Add(RoutingHistoryRecord record)
    {
        if (_records.Count == limit) _records.Dequeue();
        _records.Enqueue(record);
        var time = record.RoutingTime;
        _shortest = _total == 0 || time < _shortest ? time : _shortest;
        _longest = time > _longest ? time : _longest;
        _sum += time;
        _total++;
        _decisions[(int)record.Result.Decision]++;
        _strategies[(int)record.Result.Strategy]++;
    }

    public IReadOnlyList<RoutingHistoryRecord> Newest(string? task, int? count) =>
        [.. _records.Where(record => task is null || record.Context.CurrentTask == task).Reverse().Take(count ?? int.MaxValue)];

    public RoutingStats Sum() => new(
        _total,
        _total == 0 ? TimeSpan.Zero : _sum / _total,
        _shortest,
        _longest,
        _decisions.Index().Where(pair => pair.Item > 0).ToDictionary(pair => (RoutingDecision)pair.Index, pair => pair.Item),
        _strategies.Index().Where(pair => pair.Item > 0).ToDictionary(pair => (RoutingStrategy)pair.Index, pair => pair.Item));

    public void Clear()
    {
        _records.Clear();
        Array.Clear(_decisions);
        Array.Clear(_strategies);
        _total = 0;
        (_sum, _shortest, _longest) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
    }
}
