using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Stages;

/// <summary>What the stages of a run took, as folded from its journal.</summary>
/// <param name="Stages">The stages in the order of the plan; steps whose ids name no stage are in none.</param>
/// <param name="Elapsed">The time of the stages together, without what lay between them.</param>
/// <param name="Work">The sum of what all ended steps of stages took.</param>
public sealed record StagedRunSummary(IReadOnlyList<StageTiming> Stages, TimeSpan Elapsed, TimeSpan Work)
{
    /// <summary>Work / elapsed: how many times faster than one step after the other. 1 where nothing was measured.</summary>
    public double SpeedUp => Ratio(Work, Elapsed);

    /// <summary>Sums up a run of a plan that <see cref="StagedPlan"/> made, as far as it is.</summary>
    public static StagedRunSummary Of(RunProjection run)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<StageTiming> stages =
        [
            .. from step in run.Steps
               let stage = StagedPlan.StageOf(step.Step.Id)
               where stage is not null
               group step by stage into steps
               select Measure(steps.Key, [.. steps]),
        ];
        return new StagedRunSummary(stages, Sum(stages.Select(stage => stage.Elapsed)), Sum(stages.Select(stage => stage.Work)));
    }

    internal static double Ratio(TimeSpan work, TimeSpan elapsed) => elapsed > TimeSpan.Zero && work > TimeSpan.Zero ? work / elapsed : 1;

    private static StageTiming Measure(string name, List<StepRecord> steps)
    {
        var (start, end, work) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue, TimeSpan.Zero);
        foreach (var step in steps)
        {
            if (step is not { StartedAt: { } started, FinishedAt: { } finished }) continue;
            start = started < start ? started : start;
            end = finished > end ? finished : end;
            work += finished - started;
        }

        return new StageTiming(name, steps.Count, steps.Count(step => step.State is StepState.Succeeded or StepState.Skipped), end > start ? end - start : TimeSpan.Zero, work);
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
