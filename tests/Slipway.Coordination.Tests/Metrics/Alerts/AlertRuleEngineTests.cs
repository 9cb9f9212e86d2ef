using System.Buffers;
using System.Text;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Metrics.Alerts;

public sealed class AlertRuleEngineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(AlertOperator.GreaterThan, "")]
    [InlineData(AlertOperator.LessThan, "9")]
    [InlineData(AlertOperator.AtLeast, "10")]
    [InlineData(AlertOperator.AtMost, "9 10")]
    public void Evaluate_ByOperator_FiresAsItSays(AlertOperator comparison, string firing)
    {
        var engine = new AlertRuleEngine([Rule(comparison)], [], new AlertOptions { Cooldown = TimeSpan.Zero });

        var fired = new double[] { 9, 10 }.Where(value => engine.Evaluate(MetricOf(value)).Count == 1);

        Assert.Equal(firing, string.Join(' ', fired));
    }

    [Fact]
    public void Evaluate_OfABreach_TellsAllThereIsToKnow()
    {
        var rule = Rule(AlertOperator.GreaterThan) with
        {
            MessageTemplate = "{{{rule_id}}} {metric_name}={actual_value}{unit} {operator} {threshold} {severity} {timestamp} {correlation_id} {agent_id} {tags}",
        };
        var metric = MetricOf(12.25) with { Tags = new Dictionary<string, string> { ["a"] = "b" }, CorrelationId = "run-1", AgentId = "agent-1" };

        var alert = Assert.Single(new AlertRuleEngine([rule], []).Evaluate(metric));

        Assert.Equal("{slow} m=12.25ms gt 10 WARNING 2026-01-02T12:00:00.000Z run-1 agent-1 a=b", alert.Message);
        Assert.Equal(("slow:id-1", AlertSeverity.Warning, "m", 10, 12.25), (alert.AlertId, alert.Severity, alert.MetricName, alert.Threshold, alert.ActualValue));
        Assert.Equal(("run-1", Noon, "b"), (alert.CorrelationId, alert.Timestamp, alert.Tags["a"]));
    }

    [Fact]
    public void Evaluate_OfFlapping_KeepsQuietForTheCooldownAndSaysHowOften()
    {
        var engine = new AlertRuleEngine([Rule(AlertOperator.GreaterThan)], []);

        var fired = new[] { 0, 1, 59, 60, 61 }.Select(second => engine.Evaluate(MetricOf(11) with { Timestamp = Noon.AddSeconds(second) })).ToList();

        Assert.Equal([1, 0, 0, 1, 0], fired.Select(alerts => alerts.Count));
        Assert.Equal(2, fired[3][0].Suppressed);
        Assert.Equal((2, 3), (engine.Triggered, engine.Suppressed));
    }

    [Fact]
    public void Evaluate_OfOtherTags_IsQuietForEachByItself()
    {
        var engine = new AlertRuleEngine([Rule(AlertOperator.GreaterThan)], []);
        var a = MetricOf(11) with { Tags = new Dictionary<string, string> { ["store"] = "a" } };
        var b = MetricOf(11) with { Tags = new Dictionary<string, string> { ["store"] = "b" } };

        Assert.Equal([1, 1, 0, 0], new[] { a, b, a, b }.Select(metric => engine.Evaluate(metric).Count));
    }

    [Fact]
    public void DefaultRules_OnSlowRouting_FireFromTheMostSevere()
    {
        var engine = new AlertRuleEngine(null, []);

        Assert.Equal([AlertSeverity.Critical, AlertSeverity.Warning, AlertSeverity.Warning, AlertSeverity.Info], Severities(101));
        Assert.Empty(engine.Evaluate(MetricOf(101) with { Name = "unknown" }));

        IEnumerable<AlertSeverity> Severities(double value) =>
            engine.Evaluate(MetricOf(value) with { Name = CoordinationMetricNames.RoutingDecisionTime }).Select(alert => alert.Severity);
    }

    [Fact]
    public void Rules_ThatAreNotUsable_AreRefusedAllAtOnce()
    {
        var rule = Rule(AlertOperator.GreaterThan);

        var refused = Assert.Throws<ArgumentException>(() => new AlertRuleEngine([rule, rule with { Threshold = double.NaN }], []));

        Assert.Contains("SLW5613", refused.Message, StringComparison.Ordinal);
        Assert.Contains("SLW5614", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notifier_ThatFailsOrHangs_LeavesTheOthersTheirAlerts()
    {
        var time = new ManualTimeProvider();
        var told = new List<Alert>();
        var hanging = new DelegateAlertNotifier("hanging", (_, _) => new ValueTask(new TaskCompletionSource().Task));
        var broken = new DelegateAlertNotifier("broken", (_, _) => throw new IOException("no connection"));
        var good = new DelegateAlertNotifier("good", (alert, _) =>
        {
            lock (told) told.Add(alert);
            return ValueTask.CompletedTask;
        });
        var engine = new AlertRuleEngine([Rule(AlertOperator.GreaterThan)], [hanging, broken, good], new AlertOptions { Time = time, Cooldown = TimeSpan.Zero });
        var metrics = new MetricsCollector(alerts: engine, options: new MetricsOptions { FlushInterval = TimeSpan.FromHours(1) });
        metrics.Timing("m").Record(11);
        metrics.Timing("m").Record(12);

        var stop = metrics.StopAsync();
        while (!stop.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Empty((await stop).Problems);
        Assert.Equal([11.0, 12.0], told.Select(alert => alert.ActualValue));
        Assert.Equal(4, engine.FailedNotifications);
        Assert.Equal(2, (await stop).Snapshot.AlertsTriggered);
    }

    [Fact]
    public async Task Stop_WithAlertsThatNobodyTook_SaysSo()
    {
        var entered = new TaskCompletionSource();
        var hanging = new DelegateAlertNotifier("hanging", async (_, _) =>
        {
            entered.TrySetResult();
            await new TaskCompletionSource().Task;
        });
        var engine = new AlertRuleEngine([Rule(AlertOperator.GreaterThan)], [hanging], new AlertOptions { Cooldown = TimeSpan.Zero, NotifyTimeout = TimeSpan.FromMinutes(10) });
        var metrics = new MetricsCollector(alerts: engine);
        metrics.Timing("m").Record(11);
        metrics.Timing("m").Record(12);
        using var hurry = new CancellationTokenSource();

        var stop = metrics.StopAsync(hurry.Token);
        await entered.Task;
        await hurry.CancelAsync();

        var problem = Assert.Single((await stop).Problems);
        Assert.Equal("SLW5602", problem.Code);
        Assert.StartsWith("2 alerts", problem.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Event_OfAnAlert_IsTheDocumentedOne()
    {
        var alert = Assert.Single(new AlertRuleEngine([Rule(AlertOperator.GreaterThan)], []).Evaluate(MetricOf(11)));
        var json = new ArrayBufferWriter<byte>();

        MetricJson.Write(json, alert);

        Assert.Equal(
            """{"type":"alert.triggered","version":1,"data":{"alert_id":"slow:id-1","rule_id":"slow","severity":"WARNING","metric_name":"m","threshold":10,"actual_value":11,"message":"m is 11 ms (gt 10)","timestamp":"2026-01-02T12:00:00.000Z"}}""",
            Encoding.UTF8.GetString(json.WrittenSpan));
    }

    private static AlertRule Rule(AlertOperator comparison) =>
        new() { RuleId = "slow", MetricName = "m", Threshold = 10, Operator = comparison, Severity = AlertSeverity.Warning };

    private static Metric MetricOf(double value) =>
        new() { MetricId = "id-1", Name = "m", Type = MetricType.Timing, Value = value, Unit = "ms", Timestamp = Noon };
}
