using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Replay;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Tests.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Replay;

public sealed class RunReplayTests
{
    [Fact]
    public async Task Load_UnknownRun_IsNull() => Assert.Null(await RunReplay.LoadAsync(new TestRun().Journal, "other"));

    [Fact]
    public async Task Load_FinishedRun_StandsAtItsLastEvent()
    {
        var replay = await ReplayAsync();

        Assert.Equal((replay.Length, "run_finished"), (replay.Position, replay.Entry.Event.Type));
        Assert.Equal(RunStatus.Failed, replay.Run.Status);
        Assert.Contains(new FieldChange(null, "status", "running", "failed"), replay.Changes);
    }

    [Fact]
    public async Task MoveTo_First_IsTheRunBeforeAnyStep()
    {
        var replay = await ReplayAsync();

        replay.MoveTo(1);

        Assert.Equal(
            [new FieldChange(null, "status", null, "running"), new FieldChange(null, "steps", "0", "3"), new FieldChange(null, "open_steps", "0", "3")],
            replay.Changes);
        Assert.All(replay.Run.Steps, step => Assert.Equal(StepState.Pending, step.State));
        Assert.False(replay.MoveBack());
    }

    [Fact]
    public async Task MoveBackAndNext_OverAStepsEvent_ShowItBeforeAndAfter()
    {
        var replay = await ReplayAsync();
        replay.MoveTo(1);
        while (replay.MoveNext("b") && replay.Entry.Event is not StepFailed) Assert.NotEqual(StepState.Failed, replay.Run["b"].State);

        Assert.Contains(new FieldChange("b", "state", "running", "failed"), replay.Changes);
        Assert.Contains(new FieldChange("b", "failure.message", null, "never"), replay.Changes);
        Assert.True(replay.MoveBack("b"));
        Assert.Equal(StepState.Running, replay.Run["b"].State);
    }

    [Fact]
    public async Task MoveNext_StepWithoutMoreEvents_StaysWhereItIs()
    {
        var replay = await ReplayAsync();
        replay.MoveTo(2);

        Assert.False(replay.MoveBack("c"));
        Assert.False(replay.MoveNext("nobody"));
        Assert.Equal(2, replay.Position);
    }

    [Fact]
    public async Task EventsOf_Step_AreItsSequences()
    {
        var replay = await ReplayAsync();

        Assert.All(replay.EventsOf("a"), sequence => Assert.Equal("a", Assert.IsAssignableFrom<StepEvent>(replay.EntryAt(sequence).Event).StepId));
        Assert.Equal(["step_started", "step_succeeded"], replay.EventsOf("a").Select(sequence => replay.EntryAt(sequence).Event.Type));
    }

    [Fact]
    public async Task MoveTo_Resumption_ShowsEveryStepThatItOpened()
    {
        var test = Failing();
        await StartAsync(test);
        await test.Engine.ResumeAsync(Id);
        var replay = (await RunReplay.LoadAsync(test.Journal, Id))!;
        replay.MoveTo(1);
        while (replay.Entry.Event is not RunResumed) Assert.True(replay.MoveNext());

        Assert.Contains(new FieldChange("b", "state", "failed", "pending"), replay.Changes);
        Assert.Contains(new FieldChange("c", "state", "blocked", "pending"), replay.Changes);
        Assert.DoesNotContain(replay.Changes, change => change.StepId == "a");
    }

    [Fact]
    public async Task MoveTo_StepsThatAnAgentAdded_ShowsThemAndWhoWaitsForThemAndGoesBackBeforeThem()
    {
        var replay = await RecordedRun.ReplayAsync(
            Id,
            [new RunStarted(Id, PlanOf(StepOf("a"), StepOf("z", "ok", "a"))), new StepStarted("a", 1), new StepsAdded("a", 1, [StepOf("x", "ok", "a")], ["z"]), new StepSucceeded("a", 1, default)]);
        replay.MoveTo(3);

        Assert.Equal(
            ["steps: 2 -> 3", "open_steps: 2 -> 3", "z depends_on: a -> a, x", "x added_by: - -> a"],
            replay.Changes.Select(change => change.ToString()));
        Assert.True(replay.MoveBack());
        Assert.Null(replay.Run.Find("x"));
        Assert.Equal(["a"], replay.Run["z"].Step.DependsOn.Select(dependency => dependency.StepId));
    }

    [Fact]
    public async Task Refresh_RunUnderWay_ReadsOnAndStays()
    {
        var test = new TestRun();
        var lease = (await test.Journal.TryAcquireAsync(Id, "me", TimeSpan.FromMinutes(1)))!;
        await test.Journal.AppendAsync(lease, 0, [new RunStarted(Id, PlanOf(StepOf("a")))]);
        var replay = (await RunReplay.LoadAsync(test.Journal, Id))!;
        await test.Journal.AppendAsync(lease, 1, [new StepStarted("a", 1), new StepSucceeded("a", 1, default)]);

        Assert.Equal(2, await replay.RefreshAsync());

        Assert.Equal((1, 3), (replay.Position, replay.Length));
        Assert.True(replay.MoveNext());
        Assert.Equal(StepState.Running, replay.Run["a"].State);
    }

    [Fact]
    public async Task Run_OfAReplay_TakesNoEventsFromOthers()
    {
        var replay = await ReplayAsync();
        replay.MoveTo(1);

        Assert.Throws<InvalidOperationException>(() => replay.Run.Apply(replay.EntryAt(2)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task MoveTo_OutsideTheJournal_IsRefused(long sequence)
    {
        var replay = await ReplayAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => replay.MoveTo(sequence));
    }

    private static TestRun Failing() => new TestRun().With("bad", _ => StepOutcome.Failed(Permanent));

    private static Task<RunResult> StartAsync(TestRun test) => test.StartAsync(StepOf("a"), StepOf("b", "bad", "a"), StepOf("c", "ok", "b"));

    private static async Task<RunReplay> ReplayAsync()
    {
        var test = Failing();
        await StartAsync(test);
        return (await RunReplay.LoadAsync(test.Journal, Id))!;
    }
}
