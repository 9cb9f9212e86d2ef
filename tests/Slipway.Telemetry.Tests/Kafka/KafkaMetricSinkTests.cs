using System.Text;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Telemetry.Kafka;
using Slipway.Telemetry.Kafka.Native;

namespace Slipway.Telemetry.Tests.Kafka;

[Collection("the one meter")]
public sealed class KafkaMetricSinkTests
{
    [Fact]
    public async Task Collector_WithTheSink_DeliversEveryMetricOnce()
    {
        await using var cluster = await MockCluster.StartAsync("slipway.metric.recorded.v1");
        await using var sink = new KafkaMetricSink(new KafkaMetricSinkOptions { BootstrapServers = cluster.BootstrapServers });
        var metrics = new MetricsCollector([sink]);
        var counter = metrics.Counter("lookups", "1", ("store", "memory"));
        for (var i = 0; i < 250; i++) counter.Record(i, "run-1");

        var report = await metrics.StopAsync();
        var messages = await cluster.ReadAsync(250);

        Assert.Empty(report.Problems);
        Assert.Equal((250, 0), (sink.Delivered, sink.Failed));
        Assert.All(messages, message => Assert.StartsWith("lookups {", message, StringComparison.Ordinal));
        var read = messages.Select(message => MetricJson.ReadMetric(Encoding.UTF8.GetBytes(message[8..]))).ToList();
        Assert.Equal(Enumerable.Range(0, 250).Select(i => (double)i), read.Select(metric => metric.Value).Order());
        Assert.All(read, metric => Assert.Equal(("memory", "run-1"), (metric.Tags["store"], metric.CorrelationId)));
    }

    [Fact]
    public async Task Alert_ThatARuleTriggers_IsDeliveredWithItsRuleAsKey()
    {
        await using var cluster = await MockCluster.StartAsync("slipway.alert.triggered.v1");
        await using var sink = new KafkaMetricSink(new KafkaMetricSinkOptions { BootstrapServers = cluster.BootstrapServers });
        var metrics = new MetricsCollector(alerts: new AlertRuleEngine(DefaultAlertRules.All, [sink]));
        metrics.Timing(CoordinationMetricNames.ContextDistributionTime).Record(101);

        Assert.Empty((await metrics.StopAsync()).Problems);

        Assert.StartsWith(
            """context_distribution_warning {"type":"alert.triggered","version":1,"data":{"alert_id":"context_distribution_warning:slipway-""",
            Assert.Single(await cluster.ReadAsync(1)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ToNobody_FailsAfterTheDeliveryTimeoutAndStopsInTime()
    {
        string servers;
        await using (var gone = await MockCluster.StartAsync("any")) servers = gone.BootstrapServers;
        var sink = new KafkaMetricSink(new KafkaMetricSinkOptions { BootstrapServers = servers, DeliveryTimeout = TimeSpan.FromSeconds(1), StopTimeout = TimeSpan.Zero });

        var refused = await Assert.ThrowsAsync<TelemetryException>(() => sink.WriteAsync([Metric(1), Metric(2)], default).AsTask());
        await sink.DisposeAsync();

        Assert.Equal("SLW5622", refused.Diagnostic.Code);
        Assert.Equal("Kafka did not take 2 of 2 messages", refused.Diagnostic.Summary);
        Assert.Equal((0, 2), (sink.Delivered, sink.Failed));
    }

    [Fact]
    public async Task Dispose_WithMessagesUnderWay_GivesThemUpAndSettlesTheirWrite()
    {
        string servers;
        await using (var gone = await MockCluster.StartAsync("any")) servers = gone.BootstrapServers;
        var sink = new KafkaMetricSink(new KafkaMetricSinkOptions { BootstrapServers = servers, StopTimeout = TimeSpan.Zero });
        var write = sink.WriteAsync([Metric(1)], default).AsTask();

        await sink.DisposeAsync();

        Assert.Equal("SLW5622", (await Assert.ThrowsAsync<TelemetryException>(() => write)).Diagnostic.Code);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sink.NotifyAsync(AlertOf(), default).AsTask());
        await sink.DisposeAsync();
    }

    [Theory]
    [InlineData("no.such.setting", "1")]
    [InlineData("linger.ms", "soon")]
    public void Setting_ThatTheLibraryRefuses_IsNamed(string name, string value)
    {
        Slipway.Testing.Repository.Tools.Require("kcat");
        var settings = new Dictionary<string, string> { [name] = value };

        var refused = Assert.Throws<TelemetryException>(() => new KafkaMetricSink(new KafkaMetricSinkOptions { BootstrapServers = "localhost:1", Settings = settings }));

        Assert.Equal("SLW5621", refused.Diagnostic.Code);
        Assert.Contains(name, refused.Diagnostic.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_ThatIsNotInstalled_IsToldWithWhatToInstall()
    {
        var refused = Assert.Throws<TelemetryException>(() => LibRdKafka.Load(["libno-such-library.so.1"]));

        Assert.Equal("SLW5620", refused.Diagnostic.Code);
        Assert.Contains("libno-such-library.so.1", refused.Diagnostic.Detail, StringComparison.Ordinal);
        Assert.Contains("librdkafka1", refused.Diagnostic.Fix, StringComparison.Ordinal);
    }

    private static Metric Metric(int number) => new()
    {
        MetricId = $"test-{number}",
        Name = "lookups",
        Type = MetricType.Counter,
        Value = number,
        Unit = "1",
        Timestamp = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero),
    };

    private static Alert AlertOf() => new AlertRuleEngine([DefaultAlertRules.All[0]], []).Evaluate(
        Metric(1) with { Name = CoordinationMetricNames.RoutingDecisionTime, Value = 1000 })[0];
}
