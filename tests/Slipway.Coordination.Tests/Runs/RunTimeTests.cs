using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>Retries, timeouts and heartbeats, on a clock that only the test moves.</summary>
public sealed class RunTimeTests
{
    /// <summary>A lease and a grace so long that time never passes to their ends.</summary>
    private static readonly RunOptions Patient = new() { LeaseDuration = TimeSpan.FromHours(1), StopGrace = TimeSpan.FromHours(1) };

    private static readonly RetryPolicy Exact = RetryPolicy.Default with { Jitter = 0 };

    [Fact]
    public async Task Retry_TransientFailure_ComesAfterOneTwoAndFourSeconds()
    {
        var times = new List<DateTimeOffset>();
        var test = new TestRun();
        test.With("flaky", context =>
        {
            times.Add(context.Time.GetUtcNow());
            return StepOutcome.Failed(Transient);
        });

        var result = await test.ToEndAsync(test.StartAsync(StepOf("a", "flaky") with { Retry = Exact }));

        Assert.Equal([1, 2, 4], times.Zip(times.Skip(1), (first, second) => (second - first).TotalSeconds));
        Assert.Equal((StepState.Failed, 4, 3), (result.Run!["a"].State, result.Run["a"].Attempt, result.Run["a"].Retries));
        var events = await test.EventsAsync();
        Assert.Equal(4, events.OfType<StepStarted>().Count());
        Assert.Equal([1, 2, 4], events.OfType<StepRetrying>().Select(retrying => retrying.Delay.TotalSeconds));
    }

    [Fact]
    public async Task Retry_WithJitter_IsRepeatableAndWithinItsShare()
    {
        async Task<List<double>> DelaysAsync(string runId)
        {
            var test = new TestRun().With("flaky", _ => StepOutcome.Failed(Transient));
            await test.ToEndAsync(test.Engine.StartAsync(runId, PlanOf(StepOf("a", "flaky"))));
            var delays = new List<double>();
            await foreach (var entry in test.Journal.ReadAsync(runId))
            {
                if (entry.Event is StepRetrying retrying) delays.Add(retrying.Delay.TotalSeconds);
            }

            return delays;
        }

        var first = await DelaysAsync("one");

        Assert.Equal(first, await DelaysAsync("one"));
        Assert.NotEqual(first, await DelaysAsync("two"));
        for (var i = 0; i < 3; i++) Assert.InRange(first[i], Math.Pow(2, i) * 0.8, (Math.Pow(2, i) * 1.2) + 0.001);
    }

    [Fact]
    public async Task Retry_WithRetryAfter_WaitsAtLeastThatLong()
    {
        var test = new TestRun();
        test.With("busy", context => context.Attempt == 1 ? StepOutcome.Failed(Transient with { RetryAfter = TimeSpan.FromSeconds(60) }) : StepOutcome.Success);
        var start = test.Clock.GetUtcNow();

        var result = await test.ToEndAsync(test.StartAsync(StepOf("a", "busy")));

        Assert.True(result.IsSuccess);
        Assert.Equal(TimeSpan.FromSeconds(60), result.Run!["a"].StartedAt - start);
    }

    [Theory]
    [InlineData(FailureKind.Permanent)]
    [InlineData(FailureKind.Cancelled)]
    [InlineData(FailureKind.Interrupted)]
    public async Task Retry_OtherFailure_DoesNotHappen(FailureKind kind)
    {
        var test = new TestRun().With("bad", _ => StepOutcome.Failed(Permanent with { Kind = kind }));

        var result = await test.StartAsync(StepOf("a", "bad"));

        Assert.Equal((StepState.Failed, 1), (result.Run!["a"].State, result.Run["a"].Attempt));
    }

    [Fact]
    public async Task Retry_WhileWaiting_LeavesTheSlotToOthers()
    {
        var test = new TestRun(new RunOptions { Parallelism = 1 });
        test.With("flaky", context => context.Attempt == 1 ? StepOutcome.Failed(Transient) : StepOutcome.Success);

        await test.ToEndAsync(test.StartAsync(StepOf("a", "flaky"), StepOf("b")));

        Assert.Equal(["a", "b", "a"], (await test.EventsAsync()).OfType<StepStarted>().Select(started => started.StepId));
    }

    [Fact]
    public async Task Timeout_AgentThatObeys_IsTimedOutAfterItsRetries()
    {
        var test = new TestRun(Patient).With("slow", WaitForeverAsync);

        var result = await test.RushAsync(test.StartAsync(
            StepOf("a", "slow") with { Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(30) }, Retry = Exact with { MaxRetries = 1 } },
            StepOf("b", "ok", "a")));

        Assert.Equal((StepState.TimedOut, 2, "SLW5101"), (result.Run!["a"].State, result.Run["a"].Attempt, result.Run["a"].Failure!.Code));
        Assert.Equal((StepState.Blocked, "a"), (result.Run["b"].State, result.Run["b"].Cause));
        Assert.Equal(RunStatus.Failed, result.Status);
    }

    [Fact]
    public async Task Timeout_AgentThatSucceedsAllTheSame_HasSucceeded()
    {
        var test = new TestRun(Patient).With("late", async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ContinueWith(_ => { }, TaskScheduler.Default);
            return StepOutcome.Success;
        });

        var result = await test.RushAsync(test.StartAsync(StepOf("a", "late") with { Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(1) } }));

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task Timeout_AgentThatDoesNotStop_IsAbandonedAndBlocksWhoNeedsItsResource()
    {
        var never = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun(Patient with { StopGrace = TimeSpan.FromSeconds(10) }).With("stuck", (_, _) => new ValueTask<StepOutcome>(never.Task), isInline: true);

        var result = await test.RushAsync(test.StartAsync(
            StepOf("a", "stuck") with { Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(1) }, Modifies = ["x"] },
            StepOf("b") with { Modifies = ["x"] },
            StepOf("c")));

        Assert.Equal((StepState.TimedOut, 1), (result.Run!["a"].State, result.Run["a"].Attempt));
        Assert.Contains("may still act", result.Run["a"].Failure!.Detail, StringComparison.Ordinal);
        Assert.Equal((StepState.Blocked, "a"), (result.Run["b"].State, result.Run["b"].Cause));
        Assert.Equal(StepState.Succeeded, result.Run["c"].State);
    }

    [Fact]
    public async Task Heartbeat_Missing_CountsAsTransient()
    {
        var test = new TestRun(Patient).With(
            "silent", (context, token) => context.Attempt == 1 ? WaitForeverAsync(context, token) : ValueTask.FromResult(StepOutcome.Success));

        var result = await test.RushAsync(test.StartAsync(StepOf("a", "silent") with { Timeouts = new StepTimeouts { Heartbeat = TimeSpan.FromMinutes(5) } }));

        Assert.True(result.IsSuccess);
        var retrying = Assert.Single((await test.EventsAsync()).OfType<StepRetrying>());
        Assert.Equal(("SLW5102", FailureKind.Transient), (retrying.Failure.Code, retrying.Failure.Kind));
    }

    [Fact]
    public async Task Heartbeat_InTime_KeepsTheAttemptAlive()
    {
        StepContext? seen = null;
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun().With("alive", (context, token) =>
        {
            seen = context;
            return new ValueTask<StepOutcome>(end.Task.WaitAsync(token));
        });
        var run = test.StartAsync(StepOf("a", "alive") with { Timeouts = new StepTimeouts { Heartbeat = TimeSpan.FromSeconds(5) } });
        await test.UntilAsync(() => seen is not null);

        for (var i = 0; i < 10; i++)
        {
            test.Clock.Advance(TimeSpan.FromSeconds(4));
            seen!.Heartbeat();
            await test.UntilAsync(() => test.Clock.NextDue > test.Clock.GetUtcNow());
        }

        end.SetResult(StepOutcome.Success);
        var result = await test.ToEndAsync(run);
        Assert.Equal((StepState.Succeeded, 1), (result.Run!["a"].State, result.Run["a"].Attempt));
    }

    [Fact]
    public async Task Report_WhileRunning_ReachesObserversAtOnceAndTheJournalWithTheNextRenewal()
    {
        var observer = new RecordingObserver(_ => { });
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun(new RunOptions { Observers = [observer] });
        test.With("talks", (context, _) =>
        {
            context.Report("one");
            context.Report("two", 0.5);
            return new ValueTask<StepOutcome>(end.Task);
        });
        var run = test.StartAsync(StepOf("a", "talks"));
        await test.UntilAsync(() => observer.Progress.Count == 2 && test.Clock.NextDue is not null);

        test.Clock.Advance(TimeSpan.FromSeconds(10));
        await test.UntilAsync(() => observer.Entries.Any(entry => entry.Event is StepHeartbeat));

        Assert.Equal(["one", "two"], observer.Progress);
        Assert.Equal(new StepHeartbeat("a", 1, "two", 0.5), Assert.Single((await test.EventsAsync()).OfType<StepHeartbeat>()));
        end.SetResult(StepOutcome.Success);
        await test.ToEndAsync(run);
    }

    private static async ValueTask<StepOutcome> WaitForeverAsync(StepContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
        return StepOutcome.Success;
    }
}
