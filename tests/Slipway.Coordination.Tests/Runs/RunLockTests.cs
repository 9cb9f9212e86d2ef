using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>Steps that wait for resources always get their turn, or are told why not.</summary>
public sealed class RunLockTests
{
    [Fact]
    public async Task Abandoned_HolderOfAResource_BlocksWhoNeedsItAndLetsGoOnWhatComesAfter()
    {
        var never = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) }).With("stuck", (_, _) => new ValueTask<StepOutcome>(never.Task), isInline: true);

        var result = await test.RushAsync(test.StartAsync(
            StepOf("a", "stuck") with { Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(1) }, Modifies = ["x"] },
            StepOf("a2", "ok", "a"),
            StepOf("a3", "ok", "a2"),
            StepOf("a4", "ok", "a3"),
            StepOf("b") with { Modifies = ["x", "y"] },
            StepOf("c") with { Modifies = ["y"], DependsOn = [StepDependency.Optional("b")] },
            StepOf("d", "ok", StepDependency.Optional("c")) with { Modifies = ["x"] }));

        Assert.Equal((StepState.Blocked, "a"), (result.Run!["b"].State, result.Run["b"].Cause));
        Assert.Equal(StepState.Succeeded, result.Run["c"].State);
        Assert.Equal((StepState.Blocked, "a"), (result.Run["d"].State, result.Run["d"].Cause));
        Assert.Equal(RunStatus.Failed, result.Status);
    }

    [Fact]
    public async Task Abandoned_HolderOfAResource_BlocksWhoNeedsItAtOnce()
    {
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) })
            .With("stuck", (_, _) => new ValueTask<StepOutcome>(new TaskCompletionSource<StepOutcome>().Task), isInline: true)
            .With("slow", (_, _) => new ValueTask<StepOutcome>(end.Task));
        var observer = new RecordingObserver(entry =>
        {
            if (entry.Event is StepBlocked) end.SetResult(StepOutcome.Success);
        });
        var engine = new RunEngine(test.Journal, test.Agents, test.Options with { Observers = [observer] });

        var result = await test.RushAsync(engine.StartAsync(Id, PlanOf(
            StepOf("a", "stuck") with { Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(1) }, Modifies = ["x"] },
            StepOf("b") with { Modifies = ["x"] },
            StepOf("c", "slow"))));

        Assert.Equal(StepState.Succeeded, result.Run!["c"].State);
    }

    /// <summary>The step that a freed resource wakes is cancelled before it starts; the one behind it must not sleep on.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Halt_CancelsTheFirstWaiter_TheInterruptedOneBehindItGetsTheResource(bool isWokenBefore)
    {
        var failed = new TaskCompletionSource();
        var test = new TestRun(new RunOptions
        {
            Observers = [new RecordingObserver(entry =>
            {
                if (entry.Event is StepFailed) failed.SetResult();
            })],
        });
        test.With("fails", (_, _) => ValueTask.FromResult(StepOutcome.Failed(Permanent)), isInline: true);
        test.With("waits", async (_, _) =>
        {
            await failed.Task;
            return StepOutcome.Success;
        });
        var plan = PlanOf(
            StepOf("z") with { Modifies = ["x"] },
            StepOf("holder", isWokenBefore ? "ok" : "waits") with { Modifies = ["x"] },
            StepOf("holder2", "ok", "holder"),
            StepOf("holder3", "ok", "holder2"),
            StepOf("critical", "fails") with { Criticality = Criticality.Critical },
            StepOf("waiter") with { Modifies = ["x"] },
            StepOf("waiter2", "ok", "waiter"));
        await test.WriteAsync(new RunStarted(Id, plan), new StepStarted("z", 1));

        var result = await test.ToEndAsync(test.Engine.ResumeAsync(Id));

        Assert.Equal(StepState.Succeeded, result.Run!["holder"].State);
        Assert.Equal(StepState.Cancelled, result.Run["waiter"].State);
        Assert.Equal(StepState.Succeeded, result.Run["z"].State);
    }
}
