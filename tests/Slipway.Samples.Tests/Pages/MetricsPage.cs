#pragma warning disable // Written as a reader would write it who tries the page.
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Coordination.Metrics.Sinks;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/metrics.md.</summary>
internal static class MetricsPage
{
    public static async Task RunAsync()
    {
        var alerts = new AlertRuleEngine(DefaultAlertRules.All, [new DelegateAlertNotifier("pager", (alert, _) =>
        {
            Console.Error.WriteLine(alert.Message);
            return ValueTask.CompletedTask;
        })]);
        await using var file = File.Create("metrics.ndjson");
        await using var metrics = new MetricsCollector([new NdjsonMetricSink(file)], alerts);
        metrics.Start();

        var routing = metrics.Timing(CoordinationMetricNames.RoutingDecisionTime, "ms", ("strategy", "priority"));
        routing.Record(0.3, correlationId: "codegen-1");
        routing.Record(120, correlationId: "codegen-1");   // four rules fire

        var report = await metrics.StopAsync();            // flushes everything
        Console.WriteLine(report.Snapshot.Metrics[CoordinationMetricNames.RoutingDecisionTime].P99);
    }
}
