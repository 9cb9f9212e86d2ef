using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Tests.Runs;

namespace Slipway.Coordination.Tests.Metrics;

public sealed class RunMetricsObserverTests
{
    private readonly ScriptedSink _sink = new();

    [Fact]
    public async Task Run_WithSuccessRetryAndFailure_IsCounted()
    {
        var metrics = new MetricsCollector([_sink]);
        var run = new TestRun(new RunOptions { Observers = [new RunMetricsObserver(metrics)] })
            .With("flaky", context => context.Attempt == 1 ? StepOutcome.Failed(TestRun.Transient) : StepOutcome.Success)
            .With("broken", _ => StepOutcome.Failed(TestRun.Permanent));

        await run.ToEndAsync(run.StartAsync(
            TestRun.StepOf("a", "flaky"), TestRun.StepOf("b", "broken"), TestRun.StepOf("c", "ok", new StepDependency("b"))));
        await metrics.StopAsync();

        Assert.Equal(1, Total(CoordinationMetricNames.RunsStarted, "resumed", "false"));
        Assert.Equal(1, Total(CoordinationMetricNames.RunsFinished));
        Assert.Equal(3, Total(CoordinationMetricNames.StepsStarted));
        Assert.Equal(1, Total(CoordinationMetricNames.StepsSucceeded));
        Assert.Equal(1, Total(CoordinationMetricNames.StepsRetried, "kind", "transient"));
        Assert.Equal(1, Total(CoordinationMetricNames.StepsFailed, "kind", "permanent"));
        Assert.Equal(1, Total(CoordinationMetricNames.StepsNotDone, "state", "blocked"));
        Assert.Equal(3, _sink.Metrics.Count(metric => metric.Name == CoordinationMetricNames.StepTime));
        Assert.All(_sink.Metrics, metric => Assert.Equal(TestRun.Id, metric.CorrelationId));
    }

    [Fact]
    public async Task Runs_WithTheSameStepsAtOnce_KeepTheirOwnTimes()
    {
        var clock = new Slipway.Testing.Time.ManualTimeProvider();
        var metrics = new MetricsCollector([_sink], options: new MetricsOptions { Time = clock });
        var observer = new RunMetricsObserver(metrics);
        var plan = TestRun.PlanOf(TestRun.StepOf("a"));

        Tell("long", new RunStarted("long", plan));
        Tell("long", new StepStarted("a", 1));
        clock.Advance(TimeSpan.FromSeconds(5));
        Tell("short", new RunStarted("short", plan));
        Tell("short", new StepStarted("a", 1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Tell("short", new StepFailed("a", 1, new Failure { Code = "x", Kind = FailureKind.Timeout, Message = "x" }));
        Tell("long", new StepSucceeded("a", 1, default));
        Tell("long", new RunFinished(RunStatus.Succeeded));
        Tell("short", new RunPaused("asked to"));
        await metrics.StopAsync();

        Assert.Equal([("short", 1000.0), ("long", 6000.0)], Times(CoordinationMetricNames.StepTime));
        Assert.Equal([("long", 6000.0), ("short", 1000.0)], Times(CoordinationMetricNames.RunTime));

        void Tell(string run, RunEvent runEvent) => observer.OnEntry(run, new JournalEntry(1, clock.GetUtcNow(), runEvent));
    }

    [Fact]
    public async Task Events_OfEveryOtherKind_AreCountedUnderTheirTag()
    {
        var metrics = new MetricsCollector([_sink]);
        var observer = new RunMetricsObserver(metrics);
        var failure = new Failure { Code = "x", Kind = FailureKind.Transient, Message = "x" };

        Tell(new RunResumed("me"));
        Tell(new StepInterrupted("a", 1, "the process ended"));
        Tell(new StepStarted("a", 2));
        Tell(new StepRecovering("a", 2, failure, "rule", "alternative_path", TimeSpan.Zero, "other", default));
        Tell(new StepStarted("a", 3));
        Tell(new StepSuspended("a", 3, "a person decides"));
        Tell(new ApprovalDecided("a", "q", ApprovalStatus.Expired, null));
        Tell(new LockWaiting("b", "r", "run", "step"));
        Tell(new StepCancelled("b", "enough", null));
        Tell(new CompensationFailed("c", failure));
        Tell(new CompensationSucceeded("d"));
        await metrics.StopAsync();

        Assert.Equal(
            [
                "approvals_decided status=expired", "compensations outcome=failed", "compensations outcome=succeeded", "lock_waits", "runs_started resumed=true",
                "step_time_ms outcome=failed", "step_time_ms outcome=suspended", "steps_interrupted", "steps_not_done state=cancelled",
                "steps_recovering strategy=alternative_path", "steps_started", "steps_started", "steps_suspended",
            ],
            _sink.Metrics.Select(metric => $"{metric.Name} {string.Join(',', metric.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd()).Order(StringComparer.Ordinal));

        void Tell(RunEvent runEvent) => observer.OnEntry("run-1", new JournalEntry(1, default, runEvent));
    }

    private IEnumerable<(string?, double)> Times(string name) =>
        _sink.Metrics.Where(metric => metric.Name == name).Select(metric => (metric.CorrelationId, metric.Value));

    private double Total(string name, string? tag = null, string? value = null) =>
        _sink.Metrics.Where(metric => metric.Name == name && (tag is null || metric.Tags[tag] == value)).Sum(metric => metric.Value);
}
