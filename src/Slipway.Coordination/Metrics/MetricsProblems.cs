using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Metrics;

/// <summary>What a collector lost, in words.</summary>
internal static class MetricsProblems
{
    public static IReadOnlyList<Diagnostic> Of(MetricsSnapshot snapshot, long lostAlerts)
    {
        var problems = new List<Diagnostic>();
        if (snapshot.DroppedByReason.TryGetValue(MetricDropReason.BufferFull, out var overflowed)) problems.Add(Overflowed(overflowed));
        problems.AddRange(snapshot.Sinks.Where(sink => sink.Refused + sink.Dropped > 0).Select(Lost));
        if (lostAlerts > 0) problems.Add(AlertsLost(lostAlerts));
        return problems;
    }

    private static Diagnostic Lost(SinkReport sink) => new()
    {
        Code = "SLW5600",
        Severity = Severity.Warning,
        Summary = $"The sink '{sink.Name}' did not take {sink.Refused + sink.Dropped} metrics",
        Detail = $"it refused {sink.Refused}, {sink.Dropped} were dropped because it was behind{(sink.LastError is { } error ? $"; its last failure: {error}" : "")}",
        Fix = "make the sink reachable, or give it more time, retries or buffer in MetricsOptions",
    };

    private static Diagnostic Overflowed(long count) => new()
    {
        Code = "SLW5601",
        Severity = Severity.Warning,
        Summary = $"{count} metrics were dropped because the buffer was full",
        Fix = "start the collector before recording, record less, or raise BufferSize",
    };

    private static Diagnostic AlertsLost(long count) => new()
    {
        Code = "SLW5602",
        Severity = Severity.Warning,
        Summary = $"{count} alerts were not brought to their notifiers",
        Fix = "use a notifier that is faster or reachable, or raise StopTimeout",
    };
}
