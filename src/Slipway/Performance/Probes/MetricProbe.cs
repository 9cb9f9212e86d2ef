using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Sinks;

namespace Slipway.Performance.Probes;

/// <summary>Metrics: recorded, a hundred of them, and brought to a sink.</summary>
internal sealed class MetricProbe : IProbe
{
    private const string Operation = "Metric record / 100 metrics / flush";
    private const int Batch = 1_000;

    public string Group => "metrics";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("metric-record", Operation, "a metric recorded, in batches of 1,000", 1, "ms"),
        new("metric-hundred", Operation, "100 metrics recorded", 10, "ms"),
        new("metric-flush", Operation, "a flush of 100 metrics to a sink in memory", 50, "ms"),
        new("metric-record-time", "metric recorded in under 100 ns", "a metric recorded, in batches of 1,000, each brought to the sink before the next", 100, "ns") { Source = TargetSource.Goal, Statistic = Statistic.P50 },
        new("metric-record-bytes", "without allocation", "allocated by the thread that records, metric by metric", 0, "bytes") { Source = TargetSource.Goal },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        await using var collector = new MetricsCollector([new InMemoryMetricSink()], options: new MetricsOptions { FlushInterval = TimeSpan.FromMinutes(1) });
        collector.Start();
        var metric = collector.Timing("bench_time_ms");
        if (run.Wants("metric-record", "metric-record-time"))
        {
            run.Times("metric-record", run.Batches(run.Scale(300), Batch, () => metric.Record(1.5)));
            await collector.FlushAsync(run.CancellationToken);
            var each = await run.SampleAsync(run.Scale(300), async _ =>
            {
                var begun = run.Now;
                for (var call = 0; call < Batch; call++) metric.Record(1.5);
                var seconds = run.SecondsSince(begun) / Batch;
                await collector.FlushAsync(run.CancellationToken);
                return seconds;
            });
            run.Times("metric-record-time", each, Floors.Beside(each, Floors.InterlockedAdd(run), "an Interlocked.Add", "the time stamp and the place in the buffer"));
        }

        if (run.Wants("metric-record-bytes"))
        {
            run.Values("metric-record-bytes", run.Sample(Batch, _ =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                metric.Record(1.5);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }));
        }

        if (!run.Wants("metric-hundred", "metric-flush")) return;
        await collector.FlushAsync(run.CancellationToken);
        var records = new List<double>();
        var flushes = await run.SampleAsync(run.Scale(500), async round =>
        {
            var begun = run.Now;
            for (var call = 0; call < 100; call++) metric.Record(1.5);
            if (round >= 0) records.Add(run.SecondsSince(begun));
            begun = run.Now;
            await collector.FlushAsync(run.CancellationToken);
            return run.SecondsSince(begun);
        });
        run.Times("metric-hundred", records);
        run.Times("metric-flush", flushes);
    }
}
