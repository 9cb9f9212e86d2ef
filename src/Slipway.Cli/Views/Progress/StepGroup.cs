using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Views.Progress;

/// <summary>Steps whose ids begin alike (<c>deployments/…</c>), shown as one line of the tree.</summary>
/// <param name="name">What the ids begin with.</param>
/// <param name="steps">The steps in the plan's order.</param>
internal sealed class StepGroup(string name, IReadOnlyList<StepRecord> steps)
{
    /// <summary>What the ids begin with.</summary>
    public string Name => name;

    /// <summary>The steps in the plan's order.</summary>
    public IReadOnlyList<StepRecord> Steps => steps;

    /// <summary>How many have ended, in whatever way.</summary>
    public int Settled => steps.Count(step => step.IsSettled);

    /// <summary>The one state that tells most about the group.</summary>
    public StepState State =>
        steps.Any(HasFailed) ? StepState.Failed
        : steps.Any(IsTrouble) ? StepState.Blocked
        : Settled == steps.Count ? StepState.Succeeded
        : steps.Any(step => step.State == StepState.Running) ? StepState.Running
        : StepState.Pending;

    /// <summary>True when a step ended otherwise than by success.</summary>
    public static bool IsTrouble(StepRecord step) => step.IsSettled && step.State is not (StepState.Succeeded or StepState.Skipped);

    /// <summary>True when a step itself went wrong; others are only held up by it.</summary>
    public static bool HasFailed(StepRecord step) => step.State is StepState.Failed or StepState.TimedOut;

    /// <summary>From the first start to the last end, or to now.</summary>
    public TimeSpan Elapsed(DateTimeOffset now)
    {
        var started = steps.Min(step => step.StartedAt) ?? now;
        var ended = Settled == steps.Count ? steps.Max(step => step.FinishedAt) ?? now : now;
        return ended > started ? ended - started : TimeSpan.Zero;
    }

    /// <summary>Groups the steps of a run by what their ids begin with, in the plan's order.</summary>
    public static IReadOnlyList<StepGroup> Of(RunProjection run) =>
        [.. run.Steps.GroupBy(step => NameOf(step.Step.Id), StringComparer.Ordinal).Select(group => new StepGroup(group.Key, [.. group]))];

    /// <summary>The name of the group that a step belongs to.</summary>
    public static string NameOf(string stepId) => stepId.Split('/', 2)[0];
}
