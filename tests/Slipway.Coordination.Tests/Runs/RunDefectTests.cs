using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What the engine once got wrong where several things happen at once.</summary>
public sealed class RunDefectTests
{
    [Fact]
    public async Task JournalLost_WhileAttemptsHoldPlaces_GivesThemBackToTheEngine()
    {
        var test = new TestRun(new RunOptions { EngineParallelism = 2 });
        var agent = test.Agents.Register(new AgentDescriptor { Name = "one", MaxConcurrency = 2 }, new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)));
        var plan = PlanOf(StepOf("a", "one"), StepOf("b", "one"), StepOf("c", "one", "a", "b"), StepOf("d", "one", "a", "b"));
        var isFull = false;
        var engine = new RunEngine(new FailingJournal(test.Journal, events => !isFull && (isFull = events.Any(one => one is StepSucceeded))), test.Agents, test.Options);

        var lost = await engine.StartAsync("lost", plan);

        Assert.Equal("SLW5114", Assert.Single(lost.Problems).Code);
        Assert.Equal((0, 0), (agent.Capacity!.InUse, agent.InFlight));
        Assert.True((await engine.StartAsync("other", plan)).IsSuccess);
    }

    [Fact]
    public async Task Cancel_OfARunThatIsPausingAlready_EndsIt()
    {
        Task<RunResult>? cancelled = null;
        RunEngine engine = null!;
        var test = new TestRun(new RunOptions
        {
            Observers = [new RecordingObserver(entry => cancelled ??= entry.Event is RunPaused ? engine.CancelAsync(Id, "enough") : null)],
        }).With("wait", _ => StepOutcome.Suspended("later"));
        engine = test.Engine;

        await engine.StartAsync(Id, PlanOf(StepOf("a", "wait")));

        Assert.Equal(RunStatus.Cancelled, (await cancelled!).Status);
    }

    [Fact]
    public async Task Resume_InTheMomentTheLeaseIsGivenBack_CanStillBePaused()
    {
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) }).With("wait", async (context, token) =>
        {
            if (context.Attempt == 1) return StepOutcome.Suspended("later");
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        });
        RunEngine engine = null!;
        Task<RunResult>? resumed = null;
        engine = new RunEngine(
            new ReleasingJournal(test.Journal, async () =>
            {
                if (resumed is not null) return;
                resumed = engine.ResumeAsync(Id);
                await test.UntilAsync(() => test.Calls.Count == 2);
            }),
            test.Agents,
            test.Options);

        await engine.StartAsync(Id, PlanOf(StepOf("a", "wait")));

        Assert.NotNull(engine.FindBoard(Id));
        Assert.Equal(RunStatus.Paused, (await engine.PauseAsync(Id, PauseMode.Stop, "seen")).Status);
        await resumed!;
    }

    [Fact]
    public async Task Decision_AboutAStepThatHasTimedOut_ChangesNothing()
    {
        var policy = new ApprovalPolicy { Question = "Go on?" };
        var no = new ApprovalDecision { IsApproved = false, By = "ann" };
        var test = new TestRun().With("ask", _ => StepOutcome.NeedsApproval(policy));
        var store = new InMemoryApprovalStore(test.Clock);
        var run = new RunEngine(test.Journal, test.Agents, test.Options with { Approvals = store }).StartAsync(Id, PlanOf(
            StepOf("ask", "ask") with { Timeouts = new StepTimeouts { Total = TimeSpan.FromSeconds(1) } },
            StepOf("slow") with { Approval = policy },
            StepOf("after") with { DependsOn = [new StepDependency("ask", IsOptional: true), "slow"] }));
        await UntilAskedAsync(store, 2);
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        while (!(await test.EventsAsync()).OfType<StepFailed>().Any()) await Task.Yield();

        await store.DecideAsync("run-1/ask/1", no);
        for (var turns = 0; turns < 1_000; turns++) await Task.Yield();
        await store.DecideAsync("run-1/slow/1", no with { IsApproved = true });
        var result = await run;

        Assert.Equal(StepState.TimedOut, result.Run!["ask"].State);
        var events = await test.EventsAsync();
        Assert.Single(events.OfType<StepFailed>());
        Assert.True(events.FindIndex(one => one is StepSucceeded { StepId: "slow" }) < events.FindIndex(one => one is StepStarted { StepId: "after" }));
    }

    [Fact]
    public async Task Added_AfterAStepThatHasFailed_IsBlockedByIt()
    {
        var test = new TestRun().With("fail", _ => StepOutcome.Failed(Permanent)).With("add", async (context, _) =>
        {
            Assert.Empty(await context.AddStepsAsync([StepOf("x", "ok", "by", "failed"), StepOf("y", "ok", "x")]));
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("failed", "fail"), StepOf("by", "add") with { DependsOn = [new StepDependency("failed", IsOptional: true)] });

        Assert.Equal((StepState.Blocked, "failed"), (result.Run!["x"].State, result.Run["x"].Cause));
        Assert.Equal((StepState.Blocked, "failed"), (result.Run["y"].State, result.Run["y"].Cause));
    }

    [Theory]
    [InlineData("add")]
    [InlineData("ask")]
    [InlineData("correct")]
    public async Task CriticalFailure_WhileAnAttemptGoesOn_LetsNothingNewBegin(string agent)
    {
        var failed = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var test = new TestRun(new RunOptions { Observers = [new RecordingObserver(entry => { if (entry.Event is StepFailed) failed.TrySetResult(); })] });
        test.With("fail", async (_, _) =>
        {
            await began.Task;
            return StepOutcome.Failed(Permanent);
        });
        test.With("break", _ => StepOutcome.Failed(Permanent));
        test.With("ask", async (_, _) =>
        {
            began.TrySetResult();
            await failed.Task;
            return StepOutcome.NeedsApproval(new ApprovalPolicy { Question = "Go on?" });
        });
        test.With("mend", async (_, _) =>
        {
            began.TrySetResult();
            await failed.Task;
            return StepOutcome.Success;
        });
        test.With("add", async (context, _) =>
        {
            began.TrySetResult();
            await failed.Task;
            Assert.Empty(await context.AddStepsAsync([StepOf("x", "break")]));
            return StepOutcome.Success;
        });
        var mending = RecoveryPolicy.Of(new RecoveryRule { Name = "mend", Strategy = new ErrorCorrection { Agent = "mend" } });

        var result = await test.StartAsync(
            StepOf("critical", "fail") with { Criticality = Criticality.Critical },
            agent == "correct" ? StepOf("by", "break") with { Recovery = mending } : StepOf("by", agent));

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal(["critical"], (await test.EventsAsync()).OfType<StepFailed>().Select(one => one.StepId));
        var cut = result.Run![agent == "add" ? "x" : "by"];
        Assert.Equal((StepState.Cancelled, "critical"), (cut.State, cut.Cause));
    }

    [Fact]
    public async Task Resume_AfterTheClockWasSetBack_GivesAStepNoMoreThanAllItsTime()
    {
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) });
        test.With("hang", async (context, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        });
        test.LeaseClock.Advance(TimeSpan.FromDays(1));
        await test.WriteAsync(
            new RunStarted(Id, PlanOf(StepOf("a", "hang") with { Timeouts = new StepTimeouts { Total = TimeSpan.FromMinutes(5) } })),
            new StepStarted("a", 1));

        var run = test.Engine.ResumeAsync(Id);
        await test.UntilAsync(() => test.Calls.Count == 1 && test.Clock.NextDue is not null);

        Assert.True(test.Clock.NextDue <= test.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        Assert.Equal(StepState.TimedOut, (await test.RushAsync(run)).Run!["a"].State);
    }

    [Fact]
    public async Task StepTimeout_WhileAnAttemptIsStoppingForItsOwn_GivesTheStepNoOtherAttempt()
    {
        var release = new TaskCompletionSource();
        var test = new TestRun().With("slow", async (_, _) =>
        {
            await release.Task;
            return StepOutcome.Failed(Transient);
        });
        var run = test.StartAsync(StepOf("a", "slow") with { Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(1), Total = TimeSpan.FromSeconds(2) } });
        await test.UntilAsync(() => test.Calls.Count == 1);
        test.Clock.Advance(TimeSpan.FromSeconds(2));
        for (var turns = 0; turns < 1_000; turns++) await Task.Yield();
        release.SetResult();

        var step = (await test.RushAsync(run)).Run!["a"];

        Assert.Equal((StepState.TimedOut, 1, "SLW5116"), (step.State, step.Attempt, step.Failure!.Code));
    }

    [Fact]
    public async Task Reopened_StepThatWasBlockedWhenOthersWereAddedBeforeIt_WaitsForThem()
    {
        var test = new TestRun()
            .With("fail-once", context => context.Attempt == 1 ? StepOutcome.Failed(Permanent) : StepOutcome.Success)
            .With("add", async (context, _) =>
            {
                Assert.Empty(await context.AddStepsAsync([StepOf("x", "fail-once")]));
                return StepOutcome.Success;
            });
        await test.StartAsync(StepOf("a", "fail-once"), StepOf("by", "add") with { DependsOn = [StepDependency.Optional("a")] }, StepOf("last", "ok", "a", "by"));

        var result = await test.Engine.ResumeAsync(Id);

        Assert.True(result.IsSuccess);
        Assert.Contains("x", result.Run!["last"].Step.DependsOn);
        var events = await test.EventsAsync();
        Assert.True(events.FindIndex(one => one is StepSucceeded { StepId: "x" }) < events.FindIndex(one => one is StepStarted { StepId: "last" }));
    }

    [Fact]
    public async Task JournalLost_AtTheEndOfAStepThatAsks_LeavesItsQuestionOpen()
    {
        var test = new TestRun().With("ask", _ => StepOutcome.NeedsApproval(new ApprovalPolicy { Question = "Go on?" }));
        var store = new InMemoryApprovalStore(test.Clock);
        var engine = new RunEngine(new FailingJournal(test.Journal, events => events.Any(one => one is StepCancelled)), test.Agents, test.Options with { Approvals = store });
        var run = engine.StartAsync(Id, PlanOf(StepOf("a", "ask")));
        await UntilAskedAsync(store, 1);

        Assert.Equal("SLW5114", Assert.Single((await engine.CancelAsync(Id, "enough")).Problems).Code);

        await run;
        Assert.Equal(ApprovalStatus.Pending, (await store.FindAsync("run-1/a/1"))!.Status);
    }

    [Fact]
    public async Task Deadline_OfAStepThatIsFreedByOneBehindItInThePlan_EndsItToo()
    {
        var test = new TestRun(new RunOptions { Parallelism = 1, Estimates = new Dictionary<string, TimeSpan> { ["slow"] = TimeSpan.FromHours(1) } });
        test.With("hang", async (context, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        });
        var plan = PlanOf(StepOf("last") with { DependsOn = [StepDependency.Optional("waits")] }, StepOf("waits"), StepOf("slow", "hang"));

        var run = (await test.RushAsync(test.Engine.StartAsync(new RunRequest { RunId = Id, Plan = plan, Deadline = TimeSpan.FromSeconds(1) }))).Run!;

        Assert.All(run.Steps, step => Assert.Equal(StepState.TimedOut, step.State));
        Assert.Equal(0, run.OpenSteps);
    }

    private static async Task UntilAskedAsync(InMemoryApprovalStore store, int count)
    {
        var asked = 0;
        while (asked < count)
        {
            asked = 0;
            await foreach (var _ in store.ListAsync()) asked++;
            await Task.Yield();
        }
    }

    /// <summary>A journal that does not take some appends.</summary>
    private sealed class FailingJournal(IRunJournal inner, Func<IReadOnlyList<RunEvent>, bool> isFailing) : DelegatingJournal(inner)
    {
        public override ValueTask<long> AppendAsync(
            RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default) =>
            isFailing(events) ? throw new IOException("the disk is full") : base.AppendAsync(lease, expectedSequence, events, cancellationToken);
    }

    /// <summary>A journal that does something right after a lease was given back.</summary>
    private sealed class ReleasingJournal(IRunJournal inner, Func<Task> then) : DelegatingJournal(inner)
    {
        public override async ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default)
        {
            await base.ReleaseAsync(lease, cancellationToken);
            await then();
        }
    }
}
