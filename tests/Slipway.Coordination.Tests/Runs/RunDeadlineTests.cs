using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>Deadlines of runs and limits on the whole time of steps hold through retries and restarts.</summary>
public sealed class RunDeadlineTests
{
    [Fact]
    public async Task Deadline_Passed_TimesOutWhatIsOpenAndKeepsWhatIsDone()
    {
        var test = Hanging();

        var result = await test.RushAsync(test.Engine.StartAsync(new RunRequest
        {
            RunId = Id,
            Plan = PlanOf(StepOf("done"), StepOf("hangs", "hang", "done"), StepOf("after", "ok", "hangs"), StepOf("late", "ok", "after")),
            Deadline = TimeSpan.FromSeconds(30),
        }));

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal(StepState.Succeeded, result.Run!["done"].State);
        Assert.Equal((StepState.TimedOut, "SLW5117"), (result.Run["hangs"].State, result.Run["hangs"].Failure!.Code));
        Assert.Equal(StepState.Blocked, result.Run["late"].State);
    }

    [Fact]
    public async Task Deadline_PassedBetweenProcesses_NeedsANewOneToGoOn()
    {
        var test = new TestRun();
        await test.WriteAsync(new RunStarted(Id, PlanOf(StepOf("a"))) { DeadlineAt = test.Clock.GetUtcNow() + TimeSpan.FromSeconds(30) });
        test.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("SLW5117", Assert.Single((await test.Engine.ResumeAsync(Id)).Problems).Code);
        Assert.True((await test.Engine.ResumeAsync(Id, TimeSpan.FromSeconds(5))).IsSuccess);
    }

    [Fact]
    public async Task Deadline_OfAResumedRun_CountsFromItsStart()
    {
        var test = Hanging();
        await test.WriteAsync(new RunStarted(Id, PlanOf(StepOf("a", "hang"))) { DeadlineAt = test.Clock.GetUtcNow() + TimeSpan.FromSeconds(30) });
        test.Clock.Advance(TimeSpan.FromSeconds(20));
        var before = test.Clock.GetUtcNow();

        var result = await test.RushAsync(test.Engine.ResumeAsync(Id));

        Assert.Equal(StepState.TimedOut, result.Run!["a"].State);
        Assert.Equal(TimeSpan.FromSeconds(10), result.Run["a"].FinishedAt - before);
    }

    [Fact]
    public async Task TotalTimeout_ReachedBetweenAttempts_EndsTheStepThere()
    {
        var test = new TestRun().With("flaky", (_, _) => ValueTask.FromResult(StepOutcome.Failed(Transient)), isInline: true);

        var result = await test.RushAsync(test.StartAsync(
            StepOf("a", "flaky") with
            {
                Retry = new RetryPolicy { MaxRetries = 100, FirstDelay = TimeSpan.FromSeconds(10), Factor = 1, Jitter = 0 },
                Timeouts = new StepTimeouts { Total = TimeSpan.FromSeconds(35) },
            },
            StepOf("b", "ok", "a")));

        Assert.Equal((StepState.TimedOut, "SLW5116", "not now"), (result.Run!["a"].State, result.Run["a"].Failure!.Code, result.Run["a"].Failure!.Detail));
        Assert.Equal(4, result.Run["a"].Attempt);
        Assert.Equal(StepState.Blocked, result.Run["b"].State);
    }

    [Fact]
    public async Task TotalTimeout_ReachedInAnAttempt_StopsItAndTriesNoMore()
    {
        var test = Hanging();

        var result = await test.RushAsync(test.StartAsync(StepOf("a", "hang") with { Timeouts = new StepTimeouts { Total = TimeSpan.FromSeconds(35) } }));

        Assert.Equal((StepState.TimedOut, "SLW5116", 1), (result.Run!["a"].State, result.Run["a"].Failure!.Code, result.Run["a"].Attempt));
    }

    [Fact]
    public async Task TotalTimeout_OfAResumedStep_CountsFromItsFirstStart()
    {
        var test = Hanging();
        var start = test.LeaseClock.GetUtcNow();
        test.Clock.Advance(start + TimeSpan.FromSeconds(30) - test.Clock.GetUtcNow());
        await test.WriteAsync(
            new RunStarted(Id, PlanOf(StepOf("a", "hang") with { Timeouts = new StepTimeouts { Total = TimeSpan.FromSeconds(35) } })),
            new StepStarted("a", 1));

        var result = await test.RushAsync(test.Engine.ResumeAsync(Id));

        Assert.Equal(StepState.TimedOut, result.Run!["a"].State);
        Assert.Equal(TimeSpan.FromSeconds(35), result.Run["a"].FinishedAt - start);
    }

    [Fact]
    public async Task Drain_Pause_LetsWhatIsUnderWayEndAndStartsNothingNew()
    {
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun().With("slow", (_, _) => new ValueTask<StepOutcome>(end.Task));
        var engine = test.Engine;
        var run = engine.StartAsync(Id, PlanOf(StepOf("a", "slow"), StepOf("b", "ok", "a")));
        await test.UntilAsync(() => test.Calls.Count == 1);
        var pausing = engine.PauseAsync(Id, PauseMode.Drain, "lunch");
        Assert.False(run.IsCompleted);
        end.SetResult(StepOutcome.Success);

        var paused = await pausing;
        Assert.Equal((RunStatus.Paused, StepState.Succeeded), (paused.Status, paused.Run!["a"].State));
        Assert.NotEqual(StepState.Succeeded, paused.Run["b"].State);
        Assert.Equal("lunch", (await test.EventsAsync()).OfType<RunPaused>().Single().Reason);
        Assert.DoesNotContain(await test.EventsAsync(), runEvent => runEvent is StepInterrupted);
        Assert.True((await engine.ResumeAsync(Id)).IsSuccess);
    }

    [Fact]
    public async Task Pause_OfARunThatDoesNotGoOnHere_IsRefused() =>
        Assert.Equal("SLW5111", Assert.Single((await new TestRun().Engine.PauseAsync(Id, PauseMode.Stop, "no")).Problems).Code);

    [Fact]
    public async Task Suspended_Step_PausesTheRunWhenNothingElseIsLeft()
    {
        var isReady = false;
        var test = new TestRun().With("waits", _ => isReady ? StepOutcome.Success : StepOutcome.Suspended("the moon is not full"));

        var result = await test.StartAsync(StepOf("a", "waits") with { OnInterrupted = OnInterrupted.Fail }, StepOf("b"));

        Assert.Equal((RunStatus.Paused, StepState.Succeeded), (result.Status, result.Run!["b"].State));
        Assert.Equal("a waits: the moon is not full", (await test.EventsAsync()).OfType<RunPaused>().Single().Reason);
        isReady = true;
        Assert.True((await test.Engine.ResumeAsync(Id)).IsSuccess);
    }

    private static TestRun Hanging()
    {
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1), StopGrace = TimeSpan.FromHours(1) });
        return test.With("hang", async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, test.Clock, token);
            return StepOutcome.Success;
        });
    }
}
