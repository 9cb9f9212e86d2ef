using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Rollback;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What a run did is undone by a run of its own, in reverse, and as surely as it was done.</summary>
public sealed class RollbackTests
{
    private static readonly Plan Diamond = PlanOf(
        Undoable("a"), Undoable("b", "a"), Undoable("c", "a"), StepOf("between", "ok", "b"), Undoable("d", "c", "between"));

    [Fact]
    public async Task RollBack_OfADiamond_UndoesInReverse()
    {
        var test = Undoing();
        await test.Engine.StartAsync(Id, Diamond);

        var result = await test.Engine.RollBackAsync(Id, "it was wrong");

        Assert.Equal(RunStatus.RolledBack, result.Status);
        Assert.Equal("undo/d", test.Calls.First());
        Assert.Equal("undo/a", test.Calls.Last());
        Assert.Equal(4, test.Calls.Count);
        Assert.All(["a", "b", "c", "d"], id => Assert.Equal(StepState.Compensated, result.Run![id].State));
        Assert.Equal(StepState.Succeeded, result.Run!["between"].State);
        Assert.Equal(["between"], RollbackPlan.For((await RunProjection.LoadAsync(test.Journal, Id))!).LeftAlone);
        Assert.Equal(["rollback_started", "compensation_succeeded", "compensation_succeeded", "compensation_succeeded", "compensation_succeeded", "run_finished"], (await test.EventsAsync()).TakeLast(6).Select(one => one.Type));
    }

    [Fact]
    public async Task RollBack_OfAFailedRun_UndoesOnlyWhatBegan()
    {
        var test = Undoing().With("fail", _ => StepOutcome.Failed(Permanent));
        await test.StartAsync(Undoable("a"), Undoable("b", "a") with { Agent = "fail" }, Undoable("c", "b"));

        Assert.Equal(RunStatus.RolledBack, (await test.Engine.RollBackAsync(Id, "it failed")).Status);
        Assert.Equal(["b", "undo/b", "undo/a"], test.Calls);
    }

    [Fact]
    public async Task RollBack_Undo_GetsTheInputAndOutputOfItsStep()
    {
        string? input = null;
        var test = new TestRun()
            .With("make", _ => StepOutcome.Succeeded(Json("""{"id":"vpc-1"}""")))
            .With("undo", context =>
            {
                input = context.Input.GetRawText();
                return StepOutcome.Success;
            });
        await test.StartAsync(StepOf("a", "make") with { Input = Json("""{"cidr":"10.0.0.0/8"}"""), Compensation = new CompensationAction { Agent = "undo" } });
        await test.Engine.RollBackAsync(Id, "no");

        Assert.Equal("""{"step":"a","input":{"cidr":"10.0.0.0/8"},"output":{"id":"vpc-1"}}""", input);
    }

    [Fact]
    public async Task RecordCompensation_BeforeActing_IsUndoneNewestFirstThoughTheAttemptDied()
    {
        var inputs = new List<string>();
        var test = new TestRun().With("undo", context =>
        {
            inputs.Add(context.Input.GetRawText());
            return StepOutcome.Success;
        });
        test.With("make", async (context, _) =>
        {
            await context.RecordCompensationAsync(new CompensationAction { Agent = "undo", Input = Json("1") });
            await context.RecordCompensationAsync(new CompensationAction { Agent = "undo", Input = Json("2") });
            throw new InvalidOperationException("half done");
        });
        await test.StartAsync(StepOf("a", "make"));

        Assert.Equal(RunStatus.RolledBack, (await test.Engine.RollBackAsync(Id, "no")).Status);
        Assert.Equal(["2", "1"], inputs);
    }

    [Fact]
    public async Task RollBack_WhereAnUndoFails_UndoesTheRestAndGoesOnWhenCalledAgain()
    {
        var isMended = false;
        var test = new TestRun().With("undo", context => context.StepId == "undo/b" && !isMended ? StepOutcome.Failed(Permanent) : StepOutcome.Success);
        await test.Engine.StartAsync(Id, Diamond);

        var failed = await test.Engine.RollBackAsync(Id, "no");
        Assert.Equal(RunStatus.RollbackFailed, failed.Status);
        Assert.Equal((StepState.Succeeded, "test"), (failed.Run!["b"].State, failed.Run["b"].Failure!.Code));
        Assert.Equal(StepState.Compensated, failed.Run["a"].State);
        isMended = true;

        Assert.Equal(RunStatus.RolledBack, (await test.Engine.RollBackAsync(Id, "again")).Status);
        Assert.Equal(1, test.Calls.Count(id => id == "undo/d"));
    }

    [Fact]
    public async Task RollBack_Paused_GoesOnWithoutUndoingTwice()
    {
        using var pause = new CancellationTokenSource();
        var test = new TestRun().With("undo", async (context, token) =>
        {
            if (context.StepId != "undo/a" || context.Attempt > 1) return StepOutcome.Success;
            await pause.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return StepOutcome.Success;
        });
        await test.Engine.StartAsync(Id, Diamond);

        Assert.Equal(RunStatus.Paused, (await test.Engine.RollBackAsync(Id, "no", pause.Token)).Status);
        Assert.Equal("SLW5120", Assert.Single((await test.Engine.ResumeAsync(Id)).Problems).Code);
        Assert.Equal(RunStatus.RolledBack, (await test.Engine.RollBackAsync(Id, "go on")).Status);
        Assert.Equal(5, test.Calls.Count);
    }

    [Fact]
    public async Task RollBack_StepsOnOneResource_AreUndoneInReverseOfTheirStarts()
    {
        var test = Undoing();
        await test.StartAsync(Undoable("a") with { Modifies = ["x"] }, Undoable("b") with { Modifies = ["x"] }, Undoable("c") with { Modifies = ["x"] });

        await test.Engine.RollBackAsync(Id, "no");

        var starts = (await test.EventsAsync()).OfType<StepStarted>().Select(started => $"undo/{started.StepId}");
        Assert.Equal(starts.Reverse(), test.Calls);
    }

    /// <summary>The step that was done again after the resume started last, but what came after it must still be undone before it.</summary>
    [Fact]
    public async Task RollBack_WhereStartsContradictTheOrder_FollowsTheOrder()
    {
        var test = Undoing();
        var resource = new[] { "x" };
        await test.WriteAsync(
            new RunStarted(Id, PlanOf(Undoable("a") with { Modifies = resource }, Undoable("b", StepDependency.Optional("a")), Undoable("c", "b") with { Modifies = resource })),
            new StepStarted("a", 1),
            new StepFailed("a", 1, Permanent),
            new StepStarted("b", 1),
            new StepSucceeded("b", 1, default),
            new StepStarted("c", 1),
            new StepSucceeded("c", 1, default),
            new RunFinished(RunStatus.Failed));
        test.LeaseClock.Advance(TimeSpan.FromSeconds(1));
        await test.Engine.ResumeAsync(Id);

        Assert.Equal(RunStatus.RolledBack, (await test.Engine.RollBackAsync(Id, "no")).Status);
        Assert.Equal(["undo/c", "undo/b", "undo/a"], test.Calls);
    }

    [Fact]
    public async Task RollBack_Twice_DoesNothingMore()
    {
        var test = Undoing();
        await test.StartAsync(Undoable("a"));
        await test.Engine.RollBackAsync(Id, "no");

        Assert.Equal(RunStatus.RolledBack, (await test.Engine.RollBackAsync(Id, "no")).Status);
        Assert.Single(test.Calls);
    }

    [Fact]
    public async Task RollBack_OfARunUnderWay_IsRefused()
    {
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun().With("slow", (_, _) => new ValueTask<StepOutcome>(end.Task));
        var engine = test.Engine;
        var run = engine.StartAsync(Id, PlanOf(StepOf("a", "slow")));
        await test.UntilAsync(() => test.Calls.Count == 1);

        Assert.Equal("SLW5112", Assert.Single((await engine.RollBackAsync(Id, "no")).Problems).Code);
        end.SetResult(StepOutcome.Success);
        await run;
    }

    [Fact]
    public async Task RollBack_ByAnAgentNobodyKnows_IsRefusedAndTheRunCanStillBeResumed()
    {
        var test = new TestRun().With("make", async (context, _) =>
        {
            await context.RecordCompensationAsync(new CompensationAction { Agent = "elsewhere" });
            return StepOutcome.Failed(Permanent);
        });
        await test.StartAsync(StepOf("a", "make"));
        var events = (await test.EventsAsync()).Count;

        Assert.Equal("SLW5004", Assert.Single((await test.Engine.RollBackAsync(Id, "no")).Problems).Code);

        Assert.Equal(events, (await test.EventsAsync()).Count);
        Assert.Empty((await test.Engine.ResumeAsync(Id)).Problems);
    }

    [Fact]
    public async Task RollBack_OfARunThatWaitsForAPerson_WithdrawsTheQuestion()
    {
        var approvals = new InMemoryApprovalStore();
        var test = new TestRun(new RunOptions { Approvals = approvals, ApprovalWait = ApprovalWait.Pause }).With("undo", _ => StepOutcome.Success);
        await test.StartAsync(Undoable("a"), StepOf("b", "ok", "a") with { Approval = new ApprovalPolicy { Question = "go on?" } });

        var result = await test.Engine.RollBackAsync(Id, "no");

        Assert.Equal(RunStatus.RolledBack, result.Status);
        Assert.Null(result.Run!["b"].OpenQuestion);
        Assert.Equal(ApprovalStatus.Withdrawn, (await approvals.FindAsync($"{Id}/b/1"))!.Status);
    }

    private static TestRun Undoing() => new TestRun().With("undo", _ => StepOutcome.Success);

    private static Step Undoable(string id, params StepDependency[] dependsOn) => StepOf(id, "ok", dependsOn) with { Compensation = new CompensationAction { Agent = "undo" } };
}
