using System.Text;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Sinks;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Metrics.Sinks;

public sealed class NdjsonMetricSinkTests
{
    [Fact]
    public async Task Write_OfMetrics_IsOneDocumentedEventALine()
    {
        using var stream = new MemoryStream();
        var metrics = new MetricsCollector([new NdjsonMetricSink(stream)], options: new MetricsOptions { Time = new ManualTimeProvider() });
        metrics.Timing("lookup_ms", "ms", ("store", "über")).Record(1.5, "run-1", "agent-1");
        metrics.Counter("c").Increment();
        await metrics.StopAsync();

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');

        Assert.Equal(
            """{"type":"metric.recorded","version":1,"data":{"metric_id":"slipway-8de49f67496a000-1","metric_name":"lookup_ms","metric_type":"timing","value":1.5,"unit":"ms","tags":{"store":"über"},"timestamp":"2026-01-02T12:00:00.000Z","correlation_id":"run-1","agent_id":"agent-1"}}""",
            lines[0]);
        Assert.Equal(["", "c"], [lines[2], MetricJson.ReadMetric(Encoding.UTF8.GetBytes(lines[1])).Name]);
    }

    [Fact]
    public async Task ReadMetric_OfWhatWasWritten_IsTheSame()
    {
        var sink = new ScriptedSink();
        var metrics = new MetricsCollector([sink], options: new MetricsOptions { Time = new ManualTimeProvider() });
        metrics.Rate("r", "1/s", ("a", "b")).Record(0.1, "run-1");
        await metrics.StopAsync();
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        MetricJson.Write(written, sink.Metrics[0]);

        var read = MetricJson.ReadMetric(written.WrittenMemory);

        Assert.Equal(sink.Metrics[0] with { Tags = read.Tags }, read);
        Assert.Equal(sink.Metrics[0].Tags, read.Tags);
    }

    [Theory]
    [InlineData("""{"type":"alert.triggered","version":1,"data":{}}""")]
    [InlineData("""{"type":"metric.recorded","version":2,"data":{}}""")]
    [InlineData("""{"type":"metric.recorded","version":1,"data":{"metric_type":"speed"}}""")]
    [InlineData("""{"type":1}""")]
    [InlineData("[]")]
    public void ReadMetric_OfAnythingElse_IsRefused(string json) =>
        Assert.Throws<System.Text.Json.JsonException>(() => MetricJson.ReadMetric(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public async Task Write_AfterOneThatWasTorn_BeginsOnALineOfItsOwn()
    {
        using var stream = new TearingStream();
        var metrics = new MetricsCollector([new NdjsonMetricSink(stream)], options: new MetricsOptions { Time = new ManualTimeProvider() });
        metrics.Counter("c").Increment();

        var report = await metrics.StopAsync();

        Assert.True(report.IsComplete);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.Equal("{\"type\":\"m", lines[0]);
        Assert.Equal("c", MetricJson.ReadMetric(Encoding.UTF8.GetBytes(lines[1])).Name);
    }

    /// <summary>Writes ten bytes of the first write and fails.</summary>
    private sealed class TearingStream : MemoryStream
    {
        private bool _isTorn;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isTorn) return base.WriteAsync(buffer, cancellationToken);
            _isTorn = true;
            Write(buffer.Span[..10]);
            throw new IOException("torn");
        }
    }
}
