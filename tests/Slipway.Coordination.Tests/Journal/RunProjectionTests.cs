using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Tests.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Journal;

public sealed class RunProjectionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Load_AfterARun_GivesWhatTheEngineGave()
    {
        var test = new TestRun().With("bad", _ => Coordination.Agents.StepOutcome.Failed(Permanent));
        var run = (await test.StartAsync(StepOf("a"), StepOf("b", "bad", "a"), StepOf("c", "ok", "b"))).Run!;

        var loaded = (await RunProjection.LoadAsync(test.Journal, Id))!;

        Assert.Equal((run.Status, run.Sequence, run.EndedAt), (loaded.Status, loaded.Sequence, loaded.EndedAt));
        Assert.Equal(run.Steps.Select(Describe), loaded.Steps.Select(Describe));

        static string Describe(StepRecord step) => $"{step.Step.Id} {step.State} {step.Attempt} {step.Cause} {step.Failure} {step.StartedAt:O} {step.FinishedAt:O}";
    }

    [Fact]
    public async Task Load_UnknownRun_IsNull() => Assert.Null(await RunProjection.LoadAsync(new TestRun().Journal, "other"));

    [Fact]
    public void Apply_Gap_IsRefused() => Assert.Throws<JsonException>(() => Fresh().Apply(new JournalEntry(3, Noon, new StepReady("a"))));

    [Fact]
    public void Apply_UnknownStep_IsRefused() => Assert.Throws<JsonException>(() => Fresh().Apply(new JournalEntry(2, Noon, new StepReady("z"))));

    [Fact]
    public void Apply_Attempt_KeepsTimesAndProgress()
    {
        var run = Fresh();
        run.Apply(new JournalEntry(2, Noon, new StepStarted("a", 1)));
        run.Apply(new JournalEntry(3, Noon, new StepHeartbeat("a", 1, "half", 0.5)));
        Assert.Equal((StepState.Running, "half", 0.5, Noon), (run["a"].State, run["a"].Message, run["a"].Fraction, run["a"].StartedAt));

        run.Apply(new JournalEntry(4, Noon.AddSeconds(3), new StepSucceeded("a", 1, Json("[1]"))));
        run.Apply(new JournalEntry(5, Noon.AddSeconds(4), new RunFinished(RunStatus.Succeeded)));

        Assert.Equal((StepState.Succeeded, null, "[1]"), (run["a"].State, run["a"].Message, run["a"].Output.GetRawText()));
        Assert.Equal(Noon.AddSeconds(3), run["a"].FinishedAt);
        Assert.Equal((RunStatus.Succeeded, Noon.AddSeconds(4), false, 1), (run.Status, run.EndedAt, run.IsResumable, run.Count(StepState.Succeeded)));
    }

    [Theory]
    [InlineData(Criticality.Critical, RunStatus.Failed)]
    [InlineData(Criticality.Normal, RunStatus.Failed)]
    [InlineData(Criticality.Optional, RunStatus.PartiallySucceeded)]
    public void ComputeStatus_OneFailed_DependsOnItsCriticality(Criticality criticality, RunStatus expected)
    {
        var run = new RunProjection(new RunStarted(Id, PlanOf(StepOf("a") with { Criticality = criticality })), Noon);
        run.Apply(new JournalEntry(2, Noon, new StepFailed("a", 1, Permanent)));

        Assert.Equal(expected, run.ComputeStatus());
    }

    private static RunProjection Fresh() => new(new RunStarted(Id, PlanOf(StepOf("a"))), Noon);
}
