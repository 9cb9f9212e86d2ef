using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Sinks;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Metrics;

public sealed class MetricsCollectorTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Record_WithAllThatAMetricHas_ReachesTheSink()
    {
        var sink = new InMemoryMetricSink();
        await using var metrics = Collector([sink]);
        metrics.Timing("lookup_ms", "ms", ("store", "memory")).Record(1.5, "run-1", "agent-1");

        await metrics.StopAsync();

        var metric = Assert.Single(sink.Metrics);
        Assert.Equal("lookup_ms", metric.Name);
        Assert.Equal(MetricType.Timing, metric.Type);
        Assert.Equal(1.5, metric.Value);
        Assert.Equal("ms", metric.Unit);
        Assert.Equal("memory", metric.Tags["store"]);
        Assert.Equal(_time.GetUtcNow(), metric.Timestamp);
        Assert.Equal("run-1", metric.CorrelationId);
        Assert.Equal("agent-1", metric.AgentId);
    }

    [Fact]
    public async Task Record_OfEachType_KeepsTypeAndUnit()
    {
        var sink = new InMemoryMetricSink();
        await using var metrics = Collector([sink]);
        metrics.Timing("t").Record(TimeSpan.FromSeconds(2));
        metrics.Counter("c").Increment();
        metrics.Gauge("g", "bytes").Record(-3);
        metrics.Rate("r").Record(0.5);

        await metrics.StopAsync();

        Assert.Equal(
            [("t", MetricType.Timing, 2000, "ms"), ("c", MetricType.Counter, 1, "1"), ("g", MetricType.Gauge, -3, "bytes"), ("r", MetricType.Rate, 0.5, "1/s")],
            sink.Metrics.Select(metric => (metric.Name, metric.Type, metric.Value, metric.Unit)));
    }

    [Fact]
    public async Task RecordTagged_WithAFixedTagsName_ReplacesIt()
    {
        var sink = new InMemoryMetricSink();
        await using var metrics = Collector([sink]);
        var handle = metrics.Counter("c", "1", ("a", "fixed"), ("b", "fixed"));
        handle.RecordTagged(1, [("b", "now"), ("d", "now")]);
        handle.Record(1);

        await metrics.StopAsync();

        Assert.Equal("a=fixed b=now d=now", string.Join(' ', sink.Metrics[0].Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        Assert.Equal("a=fixed b=fixed", string.Join(' ', sink.Metrics[1].Tags.Select(tag => $"{tag.Key}={tag.Value}")));
    }

    [Fact]
    public async Task Flush_AtAFullBatch_NeedsNoTime()
    {
        var sink = new ScriptedSink();
        await using var metrics = Collector([sink]);
        var counter = metrics.Counter("c");
        metrics.Start();

        for (var i = 0; i < 100; i++) counter.Increment();

        await sink.WaitForAsync(100);
        Assert.Equal(100, Assert.Single(sink.Batches).Count);
    }

    [Fact]
    public async Task Flush_OfFewerThanABatch_ComesAfterTheInterval()
    {
        var sink = new ScriptedSink();
        await using var metrics = Collector([sink]);
        metrics.Counter("c").Increment();
        metrics.Start();
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(1), _time.NextDue);

        _time.Advance(TimeSpan.FromSeconds(1));

        await sink.WaitForAsync(1);
    }

    [Fact]
    public async Task MetricIds_OfOneCollector_CountUpAndSurviveARetry()
    {
        var sink = new ScriptedSink((call, _) => call == 1 ? throw new IOException("torn") : ValueTask.CompletedTask);
        await using var metrics = Collector([sink], new MetricsOptions { Time = _time, Source = "host-7" });
        metrics.Counter("c").Increment();
        metrics.Counter("c").Increment();

        await metrics.StopAsync();

        Assert.Equal(
            [$"host-7-{_time.GetUtcNow().UtcTicks:x}-1", $"host-7-{_time.GetUtcNow().UtcTicks:x}-2"],
            sink.Metrics.Select(metric => metric.MetricId));
    }

    [Fact]
    public async Task Stop_BeforeAnyStart_StillDelivers()
    {
        var sink = new ScriptedSink();
        var metrics = Collector([sink]);
        metrics.Counter("c").Increment();

        var report = await metrics.StopAsync();

        Assert.True(report.IsComplete);
        Assert.Single(sink.Metrics);
        Assert.Equal(1, sink.Flushes);
    }

    [Fact]
    public async Task Stop_Twice_GivesTheSameReport()
    {
        var metrics = Collector([]);
        metrics.Start();

        Assert.Same(await metrics.StopAsync(), await metrics.StopAsync());
    }

    [Fact]
    public async Task Record_AfterStop_IsCountedAsDropped()
    {
        var metrics = Collector([]);
        var counter = metrics.Counter("c");
        await metrics.StopAsync();

        counter.Increment();

        var snapshot = metrics.GetSnapshot();
        Assert.Equal(1, snapshot.DroppedByReason[MetricDropReason.Stopped]);
        Assert.Equal(0, snapshot.Metrics["c"].Count);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public async Task Record_OfWhatIsNoCount_IsDroppedAndHarmsNobody(double value)
    {
        await using var metrics = Collector([]);

        metrics.Counter("c").Record(value);

        Assert.Equal(1, metrics.GetSnapshot().DroppedByReason[MetricDropReason.InvalidValue]);
        Assert.Equal(1, metrics.GetSnapshot().Recorded);
    }

    [Fact]
    public async Task Register_WithAnotherTypeOrUnit_IsRefused()
    {
        await using var metrics = Collector([]);
        metrics.Counter("c");

        Assert.Throws<ArgumentException>(() => metrics.Timing("c"));
        Assert.Throws<ArgumentException>(() => metrics.Counter("c", "bytes"));
        Assert.Throws<ArgumentException>(() => metrics.Counter(new string('n', 101)));
        Assert.Throws<ArgumentException>(() => metrics.Counter("d", new string('u', 21)));
        Assert.Throws<ArgumentException>(() => metrics.Counter(""));
    }

    [Fact]
    public async Task Register_BeyondMaxNames_SaysToUseTags()
    {
        await using var metrics = Collector([], new MetricsOptions { MaxNames = 1 });
        metrics.Counter("c");
        metrics.Counter("c", "1", ("another", "tag"));

        Assert.Contains("tags", Assert.Throws<InvalidOperationException>(() => metrics.Counter("d")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_Warm_AllocatesNothing()
    {
        await using var metrics = Collector([], new MetricsOptions());
        var timing = metrics.Timing("t", "ms", ("a", "b"));
        var allocated = Enumerable.Range(0, 6).Select(_ => Allocate()).ToList();

        // What the runtime once needs for itself, such as to compile anew, is not what recording costs.
        Assert.Equal(0, allocated.Min());

        long Allocate()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20_000; i++) timing.Record(i, "run-1");
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task Record_ByManyThreads_LosesNothing()
    {
        const int Each = 20_000;
        var sink = new ScriptedSink();
        var metrics = Collector([sink], new MetricsOptions { BufferSize = 4 * Each });
        var counter = metrics.Counter("c");
        metrics.Start();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++) counter.Increment();
        })));
        var report = await metrics.StopAsync();

        Assert.Empty(report.Problems);
        Assert.Equal(4 * Each, sink.Metrics.Select(metric => metric.MetricId).Distinct().Count());
        Assert.Equal(4 * Each, report.Snapshot.Metrics["c"].Sum);
        Assert.Equal(4 * Each, report.Snapshot.Sinks[0].Written);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 11)]
    [InlineData(10, 0)]
    public void Options_OutOfRange_AreRefused(int bufferSize, int batchSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Collector([], new MetricsOptions { BufferSize = bufferSize, BatchSize = batchSize }));

    private MetricsCollector Collector(IReadOnlyList<IMetricSink> sinks, MetricsOptions? options = null) =>
        new(sinks, options: options ?? new MetricsOptions { Time = _time });
}
