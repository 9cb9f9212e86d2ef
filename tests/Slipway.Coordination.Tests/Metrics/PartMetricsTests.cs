using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Coordination.Metrics.Sinks;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.State;
using Slipway.Coordination.Tests.Runs;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Metrics;

/// <summary>Each part records what it does, under the names that rules and readers know.</summary>
public sealed class PartMetricsTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryMetricSink _sink = new();
    private readonly MetricsCollector _metrics;

    public PartMetricsTests() => _metrics = new MetricsCollector([_sink], options: new MetricsOptions { Time = _time });

    [Fact]
    public async Task Signals_SentAndDelivered_AreCountedAndTimed()
    {
        await using var hub = new SignalHub(new SignalHubOptions { Time = _time, Metrics = _metrics });
        await using var subscription = hub.Subscribe("c", new SignalSubscriptionOptions { AgentId = "listener" });
        Assert.False(hub.Publish("c", new SignalDraft(new SignalType("No Type"))).IsPublished);
        hub.Publish("c", new AgentCompleted { AgentId = "a" }, "a");
        _time.Advance(TimeSpan.FromMilliseconds(7));
        await using var reader = subscription.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());

        Assert.Equal([("signals_sent", 1, "c", "a"), ("signals_received", 1, "c", "listener"), ("signal_propagation_time_ms", 7, "c", "listener")], await RecordedAsync());
    }

    [Fact]
    public async Task Signals_OfABoardOfARun_AreCountedOnceWhenTheyAreDurable()
    {
        var test = new TestRun(new Coordination.Runs.RunOptions { Metrics = _metrics }).With("tell", async (context, token) =>
        {
            await context.Board.PublishAsync(new SignalDraft(new SignalType("found")), token);
            return StepOutcome.Success;
        });

        Assert.True((await test.StartAsync(TestRun.StepOf("a", "tell"))).IsSuccess);

        var names = (await RecordedAsync()).Select(metric => metric.Name).ToList();
        Assert.Single(names, "signals_sent");
        Assert.Single(names, "steps_succeeded");
    }

    [Fact]
    public async Task Routing_OfATask_IsCountedByItsDecisionAndTimed()
    {
        var router = new SmartRouter(new RoutingOptions { Time = _time, Metrics = _metrics });
        router.AddRouter(new SlowRouter(_time, TimeSpan.FromMilliseconds(1)));

        router.Route(RoutingState.Empty, "task", correlationId: "c");

        Assert.Equal([("routing_decisions", 1, "c", null), ("routing_decision_time_ms", 1, "c", null)], await RecordedAsync());
        Assert.Equal("continue", _sink.Metrics[0].Tags["decision"]);
    }

    [Fact]
    public async Task Contexts_OfSeveralAgents_AreTimedByTheAgent()
    {
        // Each look at the clock takes four milliseconds of it.
        var contexts = new ContextDistributor(new ContextDistributorOptions { Time = new SteppingTime(TimeSpan.FromMilliseconds(4)), Metrics = _metrics });
        var assignments = new Dictionary<string, AgentAssignment> { ["a"] = new(), ["b"] = new() };

        contexts.Distribute(new ContextRequest { CoordinationId = "c", SessionId = "s", Assignments = assignments });
        contexts.Distribute(new ContextRequest { CoordinationId = "", SessionId = "s", Assignments = assignments });

        Assert.Equal([("context_distribution_time_ms", 2, "c", null)], await RecordedAsync());
    }

    [Fact]
    public async Task Dependencies_ThatEnd_AreTimedByHowTheyEnded()
    {
        await using var hub = new SignalHub();
        using var resolver = new DependencyResolver(hub, new DependencyResolverOptions { Time = _time, Metrics = _metrics });
        resolver.Declare("c", new DependencyTargets { Gates = [new QualityGate { Id = "unit" }] });
        var wait = resolver.ResolveAsync("c", "a", [Dependency.OnGate("unit")]);
        _time.Advance(TimeSpan.FromSeconds(3));
        resolver.GatesOf("c").Update("unit", 0.9, "ci");
        Assert.True((await wait).Success);

        Assert.Equal([("dependency_resolution_time_ms", 3000, "c", "a")], await RecordedAsync());
        Assert.Equal("resolved", _sink.Metrics[0].Tags["status"]);
    }

    [Fact]
    public async Task State_WrittenAndRead_IsTimed()
    {
        using var state = new SharedState(new SharedStateOptions { Time = new SteppingTime(TimeSpan.FromMilliseconds(1)), Metrics = _metrics });
        state.Set("k", TestRun.Json("1"));
        // One read of 64 on each processor is timed.
        for (var i = 0; i < 64 * 16; i++) state.Get("k");

        var recorded = await RecordedAsync();

        Assert.Equal(["state_lock_time_ms", "state_set_time_ms"], recorded.Take(2).Select(metric => metric.Name));
        Assert.NotEmpty(recorded.Skip(2));
        Assert.All(recorded.Skip(2), metric => Assert.Equal(("state_get_time_ms", 1), (metric.Name, metric.Value)));
    }

    [Fact]
    public async Task Parts_WithoutACollector_RecordNothing()
    {
        await using var hub = new SignalHub();
        hub.Publish("c", new AgentCompleted { AgentId = "a" });
        using var state = new SharedState();
        state.Set("k", TestRun.Json("1"));

        Assert.Empty(await RecordedAsync());
    }

    [Fact]
    public async Task Alert_OfADefaultRule_ComesOnceForASlowRoute()
    {
        var alerts = new List<Alert>();
        var rules = new AlertRuleEngine(rules: null, [new DelegateAlertNotifier("test", (alert, _) =>
        {
            alerts.Add(alert);
            return ValueTask.CompletedTask;
        })]);
        await using var metrics = new MetricsCollector(alerts: rules, options: new MetricsOptions { Time = _time });
        var router = new SmartRouter(new RoutingOptions { Time = _time, Metrics = metrics });
        router.AddRouter(new SlowRouter(_time, TimeSpan.FromMilliseconds(3)));

        router.Route(RoutingState.Empty, "task", correlationId: "c");
        await metrics.StopAsync();

        var alert = Assert.Single(alerts);
        Assert.Equal(("routing_decision_warning", AlertSeverity.Warning, 3, "c"), (alert.RuleId, alert.Severity, alert.ActualValue, alert.CorrelationId));
    }

    [Theory]
    [InlineData("signal_propagation_time_ms", 51, "WARNING")]
    [InlineData("routing_decision_time_ms", 3, "WARNING")]
    [InlineData("context_distribution_time_ms", 101, "WARNING")]
    [InlineData("dependency_resolution_time_ms", 1001, "WARNING")]
    [InlineData("state_lock_time_ms", 51, "CRITICAL")]
    [InlineData("coordination_time_ms", 5001, "WARNING")]
    [InlineData("workflow_success_rate", 0.79, "CRITICAL")]
    public async Task Alert_OfADefaultRule_ComesForWhatPartsRecord(string name, double value, string severity)
    {
        var alerts = new List<Alert>();
        var rules = new AlertRuleEngine(rules: null, [new DelegateAlertNotifier("test", (alert, _) =>
        {
            alerts.Add(alert);
            return ValueTask.CompletedTask;
        })]);
        await using var metrics = new MetricsCollector(alerts: rules, options: new MetricsOptions { Time = _time });
        var handle = name.EndsWith("_rate", StringComparison.Ordinal) ? metrics.Rate(name, "1") : metrics.Timing(name);

        handle.Record(value);
        await metrics.StopAsync();

        Assert.Equal(severity, AlertNames.Of(Assert.Single(alerts).Severity));
    }

    [Fact]
    public async Task Builder_WithMetrics_LetsAllPartsRecord()
    {
        var services = new CoordinationBuilder()
            .UseTime(_time).UseMetrics(_metrics).UseWorkflows()
            .AddAgent("models", (_, _) => ValueTask.FromResult(StepOutcome.Success))
            .AddAgent("deploy", (_, _) => ValueTask.FromResult(StepOutcome.Success))
            .Build();
        services.Workflows!.MarkResourceAvailable("database");

        var result = await services.Workflows.CoordinateAsync(
            "build",
            new Dictionary<string, AgentAssignment> { ["models"] = new(), ["deploy"] = new() { Dependencies = ["models"] } },
            options: new() { Resources = ["database"], Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["deploy"] = [Dependency.OnResource("database")] } });

        Assert.True(result.IsSuccess, result.Error);
        var recorded = (await RecordedAsync()).GroupBy(metric => metric.Name).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(result.SignalsSent, recorded["signals_sent"]);
        Assert.Equal((result.RoutingDecisions, 1, 1, 1, 1), (
            recorded["routing_decisions"], recorded["context_distribution_time_ms"], recorded["dependency_resolution_time_ms"], recorded["coordination_time_ms"], recorded["workflow_success_rate"]));
        Assert.Equal((2, 1), (recorded["state_set_time_ms"], recorded["runs_finished"]));
    }

    public ValueTask DisposeAsync() => _metrics.DisposeAsync();

    private async Task<List<(string Name, double Value, string? CorrelationId, string? AgentId)>> RecordedAsync()
    {
        await _metrics.StopAsync();
        return [.. _sink.Metrics.Select(metric => (metric.Name, metric.Value, metric.CorrelationId, metric.AgentId))];
    }

    private sealed class SlowRouter(ManualTimeProvider time, TimeSpan takes) : IRouter
    {
        public string Name => "slow";

        public RoutingStrategy Strategy => RoutingStrategy.Conditional;

        public int Priority => 50;

        public RouterAnswer Route(RoutingState state, RoutingContext context)
        {
            time.Advance(takes);
            return RouterAnswer.Propose(new RoutingResult { Decision = RoutingDecision.Continue, Confidence = 1, Reasoning = "slowly", Strategy = Strategy });
        }
    }

    /// <summary>A clock that goes on by a step whenever its timestamp is read.</summary>
    private sealed class SteppingTime(TimeSpan step) : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, step.Ticks);
    }
}
