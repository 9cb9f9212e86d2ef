using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Metrics;
using Slipway.Testing.Repository;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Metrics;

/// <summary>Faults of the original coordination library that must not come back.</summary>
public sealed class MetricsFaultTests
{
    private readonly ManualTimeProvider _time = new();

    // Fault 14: no reason on drop.
    [Fact]
    public async Task Drop_FromAFullBuffer_IsTheOldestAndIsCountedWithItsReason()
    {
        var sink = new ScriptedSink();
        var metrics = new MetricsCollector([sink], options: new MetricsOptions { Time = _time, BufferSize = 10, BatchSize = 10 });
        var gauge = metrics.Gauge("g");
        for (var i = 1; i <= 13; i++) gauge.Record(i);
        Assert.Equal(3, metrics.GetSnapshot().DroppedByReason[MetricDropReason.BufferFull]);

        var report = await metrics.StopAsync();

        Assert.Equal(Enumerable.Range(4, 10).Select(i => (double)i), sink.Metrics.Select(metric => metric.Value));
        Assert.Equal("SLW5601", Assert.Single(report.Problems).Code);
        Assert.Equal(13, report.Snapshot.Metrics["g"].Count);
    }

    // Fault 14: a batch of 100 per flush, so that high load backs up silently.
    [Fact]
    public async Task Flush_UnderLoad_BringsAllThatIsBuffered()
    {
        var sink = new ScriptedSink();
        await using var metrics = new MetricsCollector([sink], options: new MetricsOptions { Time = _time });
        var counter = metrics.Counter("c");
        for (var i = 0; i < 10_000; i++) counter.Increment();
        metrics.Start();

        await metrics.FlushAsync();

        Assert.Equal(10_000, sink.Metrics.Count);
        Assert.All(sink.Batches, batch => Assert.Equal(100, batch.Count));
        Assert.Equal(0, metrics.GetSnapshot().BufferSize);
        Assert.Equal(0, metrics.GetSnapshot().MetricsSinceFlush);
    }

    // Fault 14: the statistics lack what the guide reads.
    [Fact]
    public async Task Statistics_AfterADistribution_HaveTheFieldsThatTheGuideReads()
    {
        await using var metrics = new MetricsCollector(options: new MetricsOptions { Time = _time });
        metrics.Timing(CoordinationMetricNames.ContextDistributionTime).Record(12.5);

        var json = new ArrayBufferWriter<byte>();
        MetricJson.Write(json, metrics.GetSnapshot());

        using var document = JsonDocument.Parse(json.WrittenMemory);
        var stats = document.RootElement;
        Assert.Equal(1, stats.GetProperty("buffer_size").GetInt32());
        Assert.Equal(10_000, stats.GetProperty("buffer_capacity").GetInt32());
        Assert.Equal(1, stats.GetProperty("metrics_since_flush").GetInt32());
        Assert.Equal(0, stats.GetProperty("dropped").GetInt32());
        var distribution = stats.GetProperty("metrics").GetProperty("context_distribution_time_ms");
        Assert.Equal(12.5, distribution.GetProperty("mean").GetDouble());
        Assert.Equal(1, distribution.GetProperty("count").GetInt32());
        Assert.All(["sum", "min", "max", "p50", "p99"], name => Assert.Equal(12.5, distribution.GetProperty(name).GetDouble()));
    }

    // Fault 14: tags are now numbers, now texts.
    [Fact]
    public async Task Tags_OfMetrics_AreTextsInEveryForm()
    {
        var sink = new ScriptedSink();
        var metrics = new MetricsCollector([sink], options: new MetricsOptions { Time = _time });
        metrics.Counter("c", "1", ("attempt", "3")).Increment();
        await metrics.StopAsync();
        var json = new ArrayBufferWriter<byte>();
        MetricJson.Write(json, sink.Metrics[0]);

        using var document = JsonDocument.Parse(json.WrittenMemory);

        Assert.Equal("3", sink.Metrics[0].Tags["attempt"]);
        Assert.Equal("3", document.RootElement.GetProperty("data").GetProperty("tags").GetProperty("attempt").GetString());
    }

    // Fault 15: documents and code name different defaults.
    [Fact]
    public void Defaults_InTheDocument_AreThoseOfTheCode()
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("docs", "concepts", "metrics.md"));
        var options = new MetricsOptions();

        Assert.Equal((10_000, 100, TimeSpan.FromSeconds(1)), (options.BufferSize, options.BatchSize, options.FlushInterval));
        Assert.Contains($"`BufferSize` | {options.BufferSize:N0} ", text, StringComparison.Ordinal);
        Assert.Contains($"`BatchSize` | {options.BatchSize} ", text, StringComparison.Ordinal);
        Assert.Contains($"`FlushInterval` | {options.FlushInterval.TotalSeconds} s ", text, StringComparison.Ordinal);
        Assert.Contains($"`SinkRetries` | {options.SinkRetries} ", text, StringComparison.Ordinal);
        Assert.Contains($"`StopTimeout` | {options.StopTimeout.TotalSeconds} s ", text, StringComparison.Ordinal);
    }
}
