using Microsoft.AspNetCore.Server.Kestrel.Core;
using Slipway.Coordination.Metrics;
using Slipway.Telemetry.Otlp;

namespace Slipway.Telemetry.Tests.Otlp;

/// <summary>An export sees every meter of the process, so no other test may record meanwhile.</summary>
[Collection("the one meter")]
public sealed class OtlpMetricsTests
{
    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf, HttpProtocols.Http1, "/v1/metrics")]
    [InlineData(OtlpProtocol.Grpc, HttpProtocols.Http2, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    public async Task Stop_AfterRecording_ExportsAllToTheCollector(OtlpProtocol protocol, HttpProtocols http, string path)
    {
        await using var collector = await TestCollector.StartAsync(http);
        using var export = OtlpMetrics.Start(new OtlpMetricsOptions
        {
            Endpoint = collector.Address,
            Protocol = protocol,
            Headers = new Dictionary<string, string> { ["x-token"] = "a = b" },
            Interval = TimeSpan.FromHours(1),
            ServiceName = "storefront",
        });
        await using var metrics = new MetricsCollector();
        metrics.Timing("lookup_ms", "ms", ("store", "memory")).Record(1.5);
        metrics.Timing("lookup_ms", "ms", ("store", "memory")).Record(2);
        metrics.Counter("lookups").Record(3);
        metrics.Gauge("entries", "1", ("store", "disk")).Record(7);

        Assert.Null(export.Stop());

        Assert.Equal(
            [
                new ReceivedMetric("storefront", "Slipway.Coordination", "entries", "1", "store=disk", 7, 1),
                new ReceivedMetric("storefront", "Slipway.Coordination", "lookup_ms", "ms", "store=memory", 3.5, 2),
                new ReceivedMetric("storefront", "Slipway.Coordination", "lookups", "1", "", 3, 1),
            ],
            collector.Received.Distinct().OrderBy(metric => metric.Name, StringComparer.Ordinal));
        Assert.Equal([$"{path} a = b"], collector.Requests.Distinct());
    }

    [Fact]
    public async Task Stop_AfterTheCollectorsEnd_StillExportsWhatItRecorded()
    {
        await using var collector = await TestCollector.StartAsync(HttpProtocols.Http1);
        using var export = OtlpMetrics.Start(new OtlpMetricsOptions { Endpoint = collector.Address, Interval = TimeSpan.FromHours(1) });
        var metrics = new MetricsCollector();
        metrics.Counter("late").Record(3);
        await metrics.StopAsync();

        Assert.Null(export.Stop());

        Assert.Equal(3, Assert.Single(collector.Received.Distinct()).Value);
    }

    [Fact]
    public async Task Flush_BeforeTheEnd_ExportsAtOnce()
    {
        await using var collector = await TestCollector.StartAsync(HttpProtocols.Http1);
        using var export = OtlpMetrics.Start(new OtlpMetricsOptions { Endpoint = new Uri(collector.Address, "/own/path"), Interval = TimeSpan.FromHours(1) });
        await using var metrics = new MetricsCollector();
        metrics.Counter("early").Record(2);

        Assert.True(export.Flush());

        Assert.Equal(2, Assert.Single(collector.Received).Value);
        Assert.StartsWith("/own/path", Assert.Single(collector.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithNobodyThere_SaysThatTheLastIsLost()
    {
        Uri address;
        await using (var gone = await TestCollector.StartAsync(HttpProtocols.Http1)) address = gone.Address;
        using var export = OtlpMetrics.Start(new OtlpMetricsOptions { Endpoint = address, Interval = TimeSpan.FromHours(1), Timeout = TimeSpan.FromSeconds(1) });
        await using var metrics = new MetricsCollector();
        metrics.Counter("lost").Record(2);

        Assert.False(export.Flush());
        Assert.Equal("SLW5623", export.Stop()?.Code);
        Assert.Null(export.Stop());
    }

    [Fact]
    public void Options_ThatAreNotUsable_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => OtlpMetrics.Start(new OtlpMetricsOptions { Endpoint = new Uri("ftp://localhost") }));
        Assert.Throws<ArgumentException>(() => OtlpMetrics.Start(new OtlpMetricsOptions { Interval = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => OtlpMetrics.Start(new OtlpMetricsOptions { Headers = new Dictionary<string, string> { ["a"] = "b,c" } }));
    }
}
