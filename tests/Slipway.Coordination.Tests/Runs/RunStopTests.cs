using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>Pausing, cancelling, resuming, and losing the journal.</summary>
public sealed class RunStopTests
{
    [Fact]
    public async Task Pause_WhileAStepRuns_LeavesAResumableRun()
    {
        using var pause = new CancellationTokenSource();
        var test = new TestRun();
        test.With("slow", async (context, token) =>
        {
            if (context.Attempt > 1) return StepOutcome.Success;
            await pause.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        });

        var paused = await test.Engine.StartAsync(Id, PlanOf(StepOf("a"), StepOf("b", "slow", "a"), StepOf("c", "ok", "b")), pause.Token);

        Assert.Equal(RunStatus.Paused, paused.Status);
        Assert.Equal((StepState.Ready, true), (paused.Run!["b"].State, paused.Run["b"].IsInterrupted));
        Assert.Null(await test.Journal.GetLeaseAsync(Id));

        var resumed = await test.Engine.ResumeAsync(Id);

        Assert.True(resumed.IsSuccess);
        Assert.Equal((2, 1), (resumed.Run!["b"].Attempt, resumed.Run["a"].Attempt));
    }

    [Fact]
    public async Task Pause_AgentThatDoesNotStop_EndsAfterTheGrace()
    {
        using var pause = new CancellationTokenSource();
        var never = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) });
        test.With("stuck", async (_, _) =>
        {
            await pause.CancelAsync();
            return await never.Task;
        });

        var result = await test.RushAsync(test.Engine.StartAsync(Id, PlanOf(StepOf("a", "stuck")), pause.Token));

        Assert.Equal(RunStatus.Paused, result.Status);
        Assert.True(result.Run!["a"].IsInterrupted);
    }

    [Fact]
    public async Task Cancel_RunUnderWay_EndsItAndResumeOpensItAgain()
    {
        var test = new TestRun();
        var started = AddAgentThatHangsOnce(test);
        var engine = test.Engine;
        var run = engine.StartAsync(Id, PlanOf(StepOf("a", "slow"), StepOf("b", "ok", "a")));
        await started;

        var cancelled = await engine.CancelAsync(Id, "not needed");

        Assert.Equal(RunStatus.Cancelled, cancelled.Status);
        Assert.Same(cancelled, await run);
        Assert.Equal((StepState.Cancelled, "not needed"), (cancelled.Run!["a"].State, cancelled.Run["a"].Message));
        Assert.Equal(StepState.Cancelled, cancelled.Run["b"].State);
        Assert.True((await engine.ResumeAsync(Id)).IsSuccess);
    }

    [Fact]
    public async Task Cancel_AfterTheLastStepHasEnded_LeavesTheRunAsItTurnedOut()
    {
        var test = new TestRun();
        await test.WriteAsync(new RunStarted(Id, PlanOf(StepOf("a"))), new StepStarted("a", 1), new StepSucceeded("a", 1, default));

        Assert.Equal(RunStatus.Succeeded, (await test.Engine.CancelAsync(Id, "too late")).Status);
    }

    [Fact]
    public async Task Cancel_RunUnderWay_ReturnsWhenItCanBeResumed()
    {
        var test = new TestRun();
        var started = AddAgentThatHangsOnce(test);
        var engine = new RunEngine(new SlowReleaseJournal(test.Journal), test.Agents, test.Options);
        _ = engine.StartAsync(Id, PlanOf(StepOf("a", "slow")));
        await started;

        await engine.CancelAsync(Id, "not needed");

        Assert.True((await engine.ResumeAsync(Id)).IsSuccess);
    }

    /// <summary>A user interface pauses the run from its own thread; neither that thread nor its context becomes the run's.</summary>
    [Fact]
    public async Task Pause_FromAThreadWithAContext_DoesNotBorrowThatThread()
    {
        using var pause = new CancellationTokenSource();
        var turns = new ConcurrentBag<(int Thread, bool HasContext)>();
        var observer = new RecordingObserver(_ => turns.Add((Environment.CurrentManagedThreadId, SynchronizationContext.Current is not null)));
        var test = new TestRun(new RunOptions { Observers = [observer] }).With("flaky", _ => StepOutcome.Failed(Transient));
        var run = test.Engine.StartAsync(Id, PlanOf(StepOf("a", "flaky")), pause.Token);
        await test.UntilAsync(() => test.Clock.NextDue < test.Clock.GetUtcNow() + TimeSpan.FromSeconds(2));
        var person = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            pause.Cancel();
        });

        person.Start();
        person.Join();
        await run;

        Assert.DoesNotContain(person.ManagedThreadId, turns.Select(turn => turn.Thread));
        Assert.DoesNotContain(true, turns.Select(turn => turn.HasContext));
    }

    [Fact]
    public async Task Cancel_RunThatNobodyRuns_NeedsNoAgents()
    {
        using var pause = new CancellationTokenSource();
        await pause.CancelAsync();
        var test = new TestRun();
        await test.Engine.StartAsync(Id, PlanOf(StepOf("a")), pause.Token);

        var result = await new RunEngine(test.Journal, [], test.Options).CancelAsync(Id, "old");

        Assert.Equal((RunStatus.Cancelled, StepState.Cancelled), (result.Status, result.Run!["a"].State));
    }

    [Fact]
    public async Task Resume_UnknownRun_IsRefused() =>
        Assert.Equal("SLW5111", Assert.Single((await new TestRun().Engine.ResumeAsync("other")).Problems).Code);

    [Fact]
    public async Task Resume_SucceededRun_ChangesNothing()
    {
        var test = new TestRun();
        await test.StartAsync(StepOf("a"));
        var before = await test.EventsAsync();

        Assert.True((await test.Engine.ResumeAsync(Id)).IsSuccess);
        Assert.Equal(before.Count, (await test.EventsAsync()).Count);
    }

    [Fact]
    public async Task Resume_FailedRun_TriesAgainWhatDidNotSucceed()
    {
        var isMended = false;
        var test = new TestRun();
        test.With("bad", _ => isMended ? StepOutcome.Success : StepOutcome.Failed(Permanent));
        await test.StartAsync(StepOf("a"), StepOf("b", "bad", "a") with { Criticality = Criticality.Critical }, StepOf("c", "ok", "b"));
        isMended = true;

        var result = await test.Engine.ResumeAsync(Id);

        Assert.True(result.IsSuccess);
        Assert.Equal((1, 2, 1), (result.Run!["a"].Attempt, result.Run["b"].Attempt, result.Run["c"].Attempt));
    }

    [Theory]
    [InlineData(OnInterrupted.Retry, StepState.Succeeded, 1)]
    [InlineData(OnInterrupted.Verify, StepState.Succeeded, 0)]
    [InlineData(OnInterrupted.Fail, StepState.Failed, 0)]
    public async Task Resume_InterruptedStep_IsHandledAsItDeclares(OnInterrupted onInterrupted, StepState expected, int runs)
    {
        var test = new TestRun();
        var agent = new VerifyingAgent { Verified = StepOutcome.Success };
        test.Agents.Add("verifying", agent);
        await InterruptAsync(test, StepOf("a", "verifying") with { OnInterrupted = onInterrupted });

        var result = await test.Engine.ResumeAsync(Id);

        Assert.Equal(expected, result.Run!["a"].State);
        Assert.Equal(runs, agent.Runs);
        if (onInterrupted is OnInterrupted.Fail) Assert.Equal("SLW5104", result.Run["a"].Failure!.Code);
    }

    [Fact]
    public async Task Resume_VerificationThatFindsNothing_RunsTheStep()
    {
        var test = new TestRun();
        var agent = new VerifyingAgent { Verified = null };
        test.Agents.Add("verifying", agent);
        await InterruptAsync(test, StepOf("a", "verifying") with { OnInterrupted = OnInterrupted.Verify });

        var result = await test.Engine.ResumeAsync(Id);

        Assert.True(result.IsSuccess);
        Assert.Equal(1, agent.Runs);
        Assert.True((await test.EventsAsync()).OfType<StepStarted>().Last().IsVerification);
    }

    [Fact]
    public async Task Resume_WaitingForARetry_WaitsTheRestOfTheTime()
    {
        var test = new TestRun();
        test.With("flaky", context => context.Attempt == 1 ? StepOutcome.Failed(Transient) : StepOutcome.Success);
        var step = StepOf("a", "flaky") with { Retry = RetryPolicy.Default with { Jitter = 0, FirstDelay = TimeSpan.FromSeconds(100) } };
        await test.WriteAsync(new RunStarted(Id, PlanOf(step)), new StepStarted("a", 1), new StepRetrying("a", 1, Transient, TimeSpan.FromSeconds(100)));
        test.Clock.Advance(TimeSpan.FromSeconds(30));

        var run = test.Engine.ResumeAsync(Id);
        await test.UntilAsync(() => test.Clock.NextDue is not null);
        Assert.Equal(test.Clock.GetUtcNow() + TimeSpan.FromSeconds(10), test.Clock.NextDue);
        var result = await test.RushAsync(run);

        Assert.True(result.IsSuccess);
        Assert.InRange(result.Run!["a"].StartedAt!.Value - result.Run.StartedAt, TimeSpan.FromSeconds(100), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Resume_WaitingForARetryOnAClockThatWasSetBack_WaitsNoLongerThanTheRetryAsked()
    {
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) });
        test.LeaseClock.Advance(TimeSpan.FromDays(400));
        await test.WriteAsync(new RunStarted(Id, PlanOf(StepOf("a"))), new StepStarted("a", 1), new StepRetrying("a", 1, Transient, TimeSpan.FromSeconds(100)));

        var run = test.Engine.ResumeAsync(Id);
        await test.UntilAsync(() => test.Clock.NextDue is not null);

        Assert.Equal(test.Clock.GetUtcNow() + TimeSpan.FromSeconds(100), test.Clock.NextDue);
        Assert.True((await test.RushAsync(run)).IsSuccess);
    }

    [Fact]
    public async Task Lease_LongStep_IsRenewed()
    {
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun().With("slow", (_, _) => new ValueTask<StepOutcome>(end.Task));
        var journal = new RenewalJournal(test.Journal, isStolen: false);
        var run = new RunEngine(journal, test.Agents, test.Options).StartAsync(Id, PlanOf(StepOf("a", "slow"), StepOf("b", "ok", "a")));
        for (var renewals = 1; renewals <= 10; renewals++)
        {
            await test.UntilAsync(() => test.Clock.NextDue > test.Clock.GetUtcNow());
            test.Clock.Advance(TimeSpan.FromSeconds(10));
            await test.UntilAsync(() => journal.Renewals == renewals);
        }

        end.SetResult(StepOutcome.Success);

        Assert.True((await test.ToEndAsync(run)).IsSuccess);
    }

    [Fact]
    public async Task Lease_RunOutWhileTheMachineSlept_IsTakenUpAgain()
    {
        var test = new TestRun();
        test.With("sleeps", _ =>
        {
            test.LeaseClock.Advance(TimeSpan.FromHours(8));
            return StepOutcome.Success;
        });

        Assert.True((await test.StartAsync(StepOf("a", "sleeps"), StepOf("b", "ok", "a"))).IsSuccess);
    }

    [Fact]
    public async Task Lease_RunOutAndTakenByAnother_StopsTheRun()
    {
        var test = new TestRun();
        test.With("sleeps", async (_, token) =>
        {
            test.LeaseClock.Advance(TimeSpan.FromHours(8));
            Assert.NotNull(await test.Journal.TryAcquireAsync(Id, "another", TimeSpan.FromMinutes(1), token));
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("a", "sleeps"), StepOf("b", "ok", "a"));

        Assert.Equal("SLW5113", Assert.Single(result.Problems).Code);
        Assert.Equal(["run_started", "step_started"], (await test.EventsAsync()).Select(runEvent => runEvent.Type));
        Assert.Equal("another", (await test.Journal.GetLeaseAsync(Id))!.Owner);
    }

    [Fact]
    public async Task Lease_TakenOver_StopsTheRunWithoutAnotherAct()
    {
        var stopped = new TaskCompletionSource();
        var test = new TestRun();
        test.With("slow", async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ContinueWith(_ => stopped.SetResult(), TaskScheduler.Default);
            return StepOutcome.Success;
        });
        var run = new RunEngine(new RenewalJournal(test.Journal, isStolen: true), test.Agents, test.Options)
            .StartAsync(Id, PlanOf(StepOf("a", "slow"), StepOf("b", "ok", "a")));
        await test.UntilAsync(() => test.Clock.NextDue is not null);

        test.Clock.Advance(TimeSpan.FromSeconds(10));
        var result = await test.ToEndAsync(run);

        Assert.Equal("SLW5113", Assert.Single(result.Problems).Code);
        Assert.True(stopped.Task.IsCompleted);
        Assert.Equal(StepState.Running, result.Run!["a"].State);
        Assert.Equal(["run_started", "step_started"], (await test.EventsAsync()).Select(runEvent => runEvent.Type));
    }

    /// <summary>Adds the agent 'slow', whose first attempt never ends by itself.</summary>
    /// <returns>Done when the first attempt goes on.</returns>
    private static Task AddAgentThatHangsOnce(TestRun test)
    {
        var started = new TaskCompletionSource();
        test.With("slow", async (context, token) =>
        {
            if (context.Attempt > 1) return StepOutcome.Success;
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        });
        return started.Task;
    }

    private static async Task InterruptAsync(TestRun test, Step step) =>
        await test.WriteAsync(new RunStarted(Id, PlanOf(step)), new StepStarted(step.Id, 1));

    private sealed class VerifyingAgent : IVerifyingAgent
    {
        public StepOutcome? Verified { get; init; }

        public int Runs { get; private set; }

        public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
        {
            Runs++;
            return ValueTask.FromResult(StepOutcome.Success);
        }

        public ValueTask<StepOutcome?> VerifyAsync(StepContext context, CancellationToken cancellationToken) => ValueTask.FromResult(Verified);
    }

    /// <summary>Takes its time to give a lease back.</summary>
    private sealed class SlowReleaseJournal(IRunJournal inner) : DelegatingJournal(inner)
    {
        public override async ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < 100; i++) await Task.Yield();
            await base.ReleaseAsync(lease, cancellationToken);
        }
    }

    /// <summary>Counts renewals, or refuses them as if another had taken the run over.</summary>
    private sealed class RenewalJournal(IRunJournal inner, bool isStolen) : DelegatingJournal(inner)
    {
        private int _renewals;

        public int Renewals => Volatile.Read(ref _renewals);

        public override async ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default)
        {
            var renewed = isStolen ? null : await base.TryRenewAsync(lease, duration, cancellationToken);
            Interlocked.Increment(ref _renewals);
            return renewed;
        }
    }
}
