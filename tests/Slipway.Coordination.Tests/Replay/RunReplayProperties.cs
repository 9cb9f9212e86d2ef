using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Replay;

/// <summary>However a replay is moved, it shows what a fold from the first event shows.</summary>
public sealed class RunReplayProperties
{
    private const int Steps = 5;
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260102, 5).WithMaxTest(100);

    [Fact]
    public void MoveTo_AnyPlacesInAnyOrder_ShowsWhatAFoldFromTheStartShows() => Check.One(Repeatable, Prop.ForAll(Arb.From(Cases()), test =>
    {
        var started = new RunStarted(Id, PlanOf([.. Enumerable.Range(0, Steps).Select(step => StepOf($"s{step}"))]));
        var replay = RecordedRun.ReplayAsync(Id, [started, .. test.Events]).GetAwaiter().GetResult();
        var entries = Enumerable.Range(1, (int)replay.Length).Select(sequence => replay.EntryAt(sequence)).ToList();
        foreach (var place in test.Places)
        {
            replay.MoveTo(1 + (place % entries.Count));
            Assert.Equal(Describe(Fold(entries, replay.Position)), Describe(replay.Run));
            if (replay.Position == 1) continue;

            // What changed leads from the state before to the state now.
            var before = Facts(Fold(entries, replay.Position - 1));
            foreach (var change in replay.Changes.Where(change => change.Field is "state" or "attempt"))
            {
                Assert.Equal(before[(change.StepId!, change.Field)], change.Before);
                before[(change.StepId!, change.Field)] = change.After!;
            }

            Assert.Equal(Facts(replay.Run), before);
        }
    }));

    private static Gen<(RunEvent[] Events, int[] Places)> Cases() =>
        from count in Gen.Choose(0, 1500)
        from events in Gen.ArrayOf(Events(), count)
        from places in Gen.ArrayOf(Gen.Choose(0, 5000), 20)
        select (events, places);

    private static Gen<RunEvent> Events() =>
        from step in Gen.Choose(0, Steps - 1).Select(step => $"s{step}")
        from attempt in Gen.Choose(1, 9)
        from kind in Gen.Choose(0, 9)
        select (RunEvent)(kind switch
        {
            0 => new StepReady(step),
            1 or 2 => new StepStarted(step, attempt),
            3 => new StepSucceeded(step, attempt, Json($"{{\"n\":{attempt}}}")),
            4 => new StepFailed(step, attempt, attempt > 5 ? Permanent : Permanent with { Kind = FailureKind.Timeout }),
            5 => new StepRetrying(step, attempt, Transient, TimeSpan.FromSeconds(attempt)),
            6 => new StepBlocked(step, "s0"),
            7 => new StepHeartbeat(step, attempt, "at it", 0.5),
            8 => new RunFinished(RunStatus.Failed),
            _ => new RunResumed("me"),
        });

    private static RunProjection Fold(List<JournalEntry> entries, long sequence)
    {
        var run = new RunProjection((RunStarted)entries[0].Event, entries[0].At);
        for (var i = 1; i < sequence; i++) run.Apply(entries[i]);
        return run;
    }

    private static Dictionary<(string Step, string Field), string> Facts(RunProjection run) => run.Steps
        .SelectMany(step => new[] { ((step.Step.Id, "state"), RunNames.Of(step.State)), ((step.Step.Id, "attempt"), $"{step.Attempt}") })
        .ToDictionary(fact => fact.Item1, fact => fact.Item2);

    private static string Describe(RunProjection run) => string.Join('\n', run.Steps
        .Select(step => $"{step.Step.Id} {step.State} {step.Attempt} {step.Retries} {step.Cause} {step.Failure} {step.Message} {step.Fraction} {step.StartedAt:O} {step.FinishedAt:O} {step.NotBefore:O}")
        .Prepend($"{run.Sequence} {run.Status} {run.OpenSteps} {run.Resumptions} {run.EndedAt:O}"));
}
