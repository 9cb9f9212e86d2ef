using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

public sealed class RunEngineTests
{
    [Fact]
    public async Task Start_Chain_RunsInOrderAndPassesOutputs()
    {
        var test = new TestRun()
            .With("one", _ => StepOutcome.Succeeded(Json("""{"n":1}""")))
            .With("next", context => StepOutcome.Succeeded(Json($$"""{"n":{{context.OutputOf(context.Step.DependsOn[0].StepId)!.Value.GetProperty("n").GetInt32() + 1}}}""")));

        var result = await test.StartAsync(StepOf("c", "next", "b"), StepOf("a", "one"), StepOf("b", "next", "a"));

        Assert.True(result.IsSuccess);
        Assert.Equal(["a", "b", "c"], test.Calls);
        Assert.Equal(3, result.Run!["c"].Output.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Start_Chain_WritesTheseEvents()
    {
        var test = new TestRun();

        await test.StartAsync(StepOf("a"), StepOf("b", "ok", "a"));

        Assert.Equal(
            ["run_started", "step_started", "step_succeeded", "step_started", "step_succeeded", "run_finished"],
            (await test.EventsAsync()).Select(runEvent => runEvent.Type));
    }

    [Fact]
    public async Task Start_EmptyPlan_Succeeds()
    {
        var result = await new TestRun().StartAsync();

        Assert.Equal(RunStatus.Succeeded, result.Status);
    }

    [Fact]
    public async Task Start_InvalidPlan_IsRefusedWithAllProblemsAndWritesNothing()
    {
        var test = new TestRun();

        var result = await test.StartAsync(StepOf("a", "nobody", "b"), StepOf("a"));

        Assert.Null(result.Run);
        Assert.Equal(["SLW5004", "SLW5001", "SLW5002"], result.Problems.Select(problem => problem.Code));
        Assert.Empty(await test.EventsAsync());
    }

    [Fact]
    public async Task Start_KnownRun_IsRefused()
    {
        var test = new TestRun();
        await test.StartAsync(StepOf("a"));

        var result = await test.StartAsync(StepOf("a"));

        Assert.Equal("SLW5110", Assert.Single(result.Problems).Code);
    }

    [Fact]
    public async Task Start_WhileAnotherHoldsTheRun_IsRefused()
    {
        var test = new TestRun();
        await test.Journal.TryAcquireAsync(Id, "somebody", TimeSpan.FromMinutes(1));

        var problem = Assert.Single((await test.StartAsync(StepOf("a"))).Problems);

        Assert.Equal("SLW5112", problem.Code);
        Assert.Contains("somebody", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MoreReadyThanSlots_NeverExceedsTheLimitAndGoesLongestPathFirst()
    {
        var running = 0;
        var most = 0;
        var test = new TestRun(new RunOptions { Parallelism = 2 });
        test.With("count", async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (test) most = Math.Max(most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("a", "count"), StepOf("b", "count"), StepOf("z", "count"), StepOf("z2", "count", "z"), StepOf("z3", "count", "z2"));

        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.True(most <= 2);
        var started = (await test.EventsAsync()).OfType<StepStarted>().Select(started => started.StepId).ToList();
        Assert.Equal(["z", "a"], started[..2]);
    }

    [Fact]
    public async Task Start_WithEstimates_GoesByTimeInsteadOfCount()
    {
        var test = new TestRun(new RunOptions { Parallelism = 1, Estimates = new Dictionary<string, TimeSpan> { ["b"] = TimeSpan.FromMinutes(1) } });

        await test.StartAsync(StepOf("a"), StepOf("a2", "ok", "a"), StepOf("b"));

        Assert.Equal(["b", "a", "a2"], (await test.EventsAsync()).OfType<StepStarted>().Select(started => started.StepId));
    }

    [Fact]
    public async Task Start_FailedStep_BlocksDependentsWithTheRootCauseAndLetsOthersRun()
    {
        var test = new TestRun().With("bad", _ => StepOutcome.Failed(Permanent));

        var result = await test.StartAsync(
            StepOf("a", "bad"), StepOf("b", "ok", "a"), StepOf("c", "ok", "b"), StepOf("d", "ok", StepDependency.Optional("c")), StepOf("e"));

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal(StepState.Failed, result.Run!["a"].State);
        Assert.Equal((StepState.Blocked, "a"), (result.Run["b"].State, result.Run["b"].Cause));
        Assert.Equal((StepState.Blocked, "a"), (result.Run["c"].State, result.Run["c"].Cause));
        Assert.Equal(StepState.Succeeded, result.Run["d"].State);
        Assert.Equal(StepState.Succeeded, result.Run["e"].State);
    }

    [Fact]
    public async Task Start_SkippedStep_BlocksItsDependents()
    {
        var test = new TestRun().With("skip", _ => StepOutcome.Skipped("nothing to do"));

        var result = await test.StartAsync(StepOf("a", "skip"), StepOf("b", "ok", "a"));

        Assert.Equal(StepState.Skipped, result.Run!["a"].State);
        Assert.Equal((StepState.Blocked, "a"), (result.Run["b"].State, result.Run["b"].Cause));
        Assert.Equal(RunStatus.PartiallySucceeded, result.Status);
    }

    [Fact]
    public async Task Start_FailedOptionalStep_PartiallySucceeds()
    {
        var test = new TestRun().With("bad", _ => StepOutcome.Failed(Permanent));

        var result = await test.StartAsync(StepOf("a", "bad") with { Criticality = Criticality.Optional }, StepOf("b"));

        Assert.Equal(RunStatus.PartiallySucceeded, result.Status);
    }

    [Fact]
    public async Task Start_FailedCriticalStep_CancelsTheRestAndLetsRunningOnesEnd()
    {
        var failed = new TaskCompletionSource();
        var test = new TestRun(new RunOptions { Parallelism = 2 })
            .With("bad", _ => StepOutcome.Failed(Permanent))
            .With("slow", async (_, _) =>
            {
                await failed.Task;
                return StepOutcome.Success;
            });
        var observer = new RecordingObserver(entry =>
        {
            if (entry.Event is StepFailed) failed.SetResult();
        });
        var engine = new RunEngine(test.Journal, test.Agents, test.Options with { Observers = [observer] });

        var result = await engine.StartAsync(Id, PlanOf(
            StepOf("a", "bad") with { Criticality = Criticality.Critical }, StepOf("b", "slow"), StepOf("b2", "ok", "b"), StepOf("c", "ok", "a"), StepOf("d")));

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal(StepState.Succeeded, result.Run!["b"].State);
        foreach (var cancelled in new[] { "b2", "c", "d" }) Assert.Equal((StepState.Cancelled, "a"), (result.Run[cancelled].State, result.Run[cancelled].Cause));
    }

    [Fact]
    public async Task Start_AgentThatThrows_FailsTheStepOnly()
    {
        var test = new TestRun().With("throws", _ => throw new InvalidOperationException("a bug"));

        var result = await test.StartAsync(StepOf("a", "throws"), StepOf("b"));

        Assert.Equal(("SLW5103", "a bug"), (result.Run!["a"].Failure!.Code, result.Run["a"].Failure!.Message));
        Assert.Equal(StepState.Succeeded, result.Run["b"].State);
    }

    [Fact]
    public async Task Start_TwoStepsOnOneResource_NeverOverlap()
    {
        var inside = 0;
        var overlaps = 0;
        var test = new TestRun().With("modify", async (_, _) =>
        {
            if (Interlocked.Increment(ref inside) > 1) Interlocked.Increment(ref overlaps);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return StepOutcome.Success;
        });

        var result = await test.StartAsync([.. Enumerable.Range(0, 50).Select(i => StepOf($"s{i}", "modify") with { Modifies = i % 2 == 0 ? ["x", "y"] : ["z", "x"] })]);

        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal(0, overlaps);
        var events = await test.EventsAsync();
        Assert.Equal(50, events.OfType<LockAcquired>().Count());
        Assert.Equal(50, events.OfType<LockReleased>().Count());
        Assert.Equal(["x", "z"], events.OfType<LockAcquired>().First(acquired => acquired.StepId == "s1").Resources);
    }

    [Fact]
    public async Task Start_ObserverThatThrows_DoesNotHarmTheRun()
    {
        var test = new TestRun(new RunOptions { Observers = [new RecordingObserver(_ => throw new InvalidOperationException("a bug"))] });

        Assert.True((await test.StartAsync(StepOf("a"))).IsSuccess);
    }

    [Fact]
    public async Task Start_Observed_ShowsTheJournalAsItIs()
    {
        var seen = new List<JournalEntry>();
        var test = new TestRun(new RunOptions { Observers = [new RecordingObserver(seen.Add)] });

        await test.StartAsync(StepOf("a"), StepOf("b", "ok", "a"));

        Assert.Equal(await test.EventsAsync(), seen.Select(entry => entry.Event));
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(i => (long)i), seen.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Start_Idempotency_KeyNamesRunStepAndAttempt()
    {
        var keys = new List<string>();
        var test = new TestRun().With("key", context =>
        {
            keys.Add(context.IdempotencyKey);
            return context.Attempt == 1 ? StepOutcome.Failed(Transient) : StepOutcome.Success;
        });

        await test.ToEndAsync(test.StartAsync(StepOf("a", "key")));

        Assert.Equal(["run-1/a/1", "run-1/a/2"], keys);
    }

    [Fact]
    public void Engine_OptionOutOfItsRange_IsNamed()
    {
        AssertNamed(new RunOptions { Parallelism = int.MaxValue }, nameof(RunOptions.Parallelism));
        AssertNamed(new RunOptions { LeaseDuration = TimeSpan.Zero }, nameof(RunOptions.LeaseDuration));
        AssertNamed(new RunOptions { StopGrace = TimeSpan.FromDays(1) }, nameof(RunOptions.StopGrace));
        AssertNamed(new RunOptions { Owner = "" }, nameof(RunOptions.Owner));

        static void AssertNamed(RunOptions options, string name) =>
            Assert.StartsWith($"{name} must", Assert.Throws<ArgumentOutOfRangeException>(() => new RunEngine(new InMemoryJournal(TimeProvider.System), [], options)).Message, StringComparison.Ordinal);
    }
}
