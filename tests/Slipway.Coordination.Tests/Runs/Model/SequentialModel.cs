using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Runs.StepState;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>
/// What may become of each step, worked out one step after the other from what its agent and its people do. It knows nothing of time,
/// slots, locks, turns or journals: those must make no difference.
/// </summary>
internal static class SequentialModel
{
    /// <summary>The states in which each step may end.</summary>
    /// <param name="scenario">The plan and its world.</param>
    /// <param name="isHalted">Whether a critical step failed: what had not begun is cancelled then, and what had may end only.</param>
    /// <param name="isCancelled">Whether somebody cancelled the run.</param>
    /// <param name="isOverdue">Whether the run's deadline passed before its end.</param>
    /// <param name="isReopened">Whether it had ended before and was opened again.</param>
    public static Dictionary<string, HashSet<StepState>> EndsOf(ModelScenario scenario, bool isHalted, bool isCancelled, bool isOverdue, bool isReopened)
    {
        var ends = new Dictionary<string, HashSet<StepState>>(StringComparer.Ordinal);
        foreach (var step in scenario.Steps)
        {
            ends[step.Id] = After(step.DependsOn.SelectMany(edge => NeededBy(edge, scenario, ends)), Own(OwnEnds(step, scenario.IsDisturbed || isReopened, isHalted)));
            if (step.Act is Act.Add)
            {
                var before = step.DependsOn.Select(edge => ends[$"n{ModelStep.NumberOf(edge)}"]).Append(ends[step.Id]);
                ends[step.AddedId] = After(before, Own([OwnEnd(step.Below)]));
            }
        }

        if (isHalted || isCancelled) foreach (var end in ends.Values) end.Add(Cancelled);
        return ends;

        HashSet<StepState> Own(HashSet<StepState> own) => isOverdue ? [.. own, TimedOut] : own;
    }

    /// <summary>The ends of what must succeed before a step: what it depends on, and what that adds to the run, optional or not.</summary>
    private static IEnumerable<HashSet<StepState>> NeededBy(int edge, ModelScenario scenario, Dictionary<string, HashSet<StepState>> ends)
    {
        var id = $"n{ModelStep.NumberOf(edge)}";
        if (edge >= 0) yield return ends[id];
        if (!ends.TryGetValue($"{id}+", out var added) || scenario.Steps.Any(step => step.Id == id && !step.IsBeforeDependents)) yield break;
        // Who did not get to add anything is not waited for where it is optional.
        yield return edge < 0 && ends[id].Any(state => state is not Succeeded) ? [.. added, Succeeded] : added;
    }

    private static HashSet<StepState> After(IEnumerable<HashSet<StepState>> needed, HashSet<StepState> own)
    {
        var before = needed.ToList();
        var ends = before.All(end => end.Contains(Succeeded)) ? own : [];
        if (before.Any(end => end.Any(state => state is not Succeeded))) ends.Add(Blocked);
        return ends;
    }

    private static HashSet<StepState> OwnEnds(ModelStep step, bool isDisturbed, bool isHalted)
    {
        if (step is { NeedsApproval: true, IsSilent: true }) return [TimedOut];
        if (step is { NeedsApproval: true, IsApproved: false }) return [Failed];
        HashSet<StepState> ends = step.Act switch
        {
            Act.Ask => [step.IsSilent ? TimedOut : step.IsApproved ? Succeeded : Failed],
            Act.Descend => [step.Below is Act.Fail ? Failed : Succeeded],
            Act.Fail => [step.Recovery is "degrade" or "path" ? Succeeded : Failed],
            Act.Falter => [Falters(step) ? Failed : Succeeded],
            // An agent that gives no sign of life is lost, not late.
            Act.Hang => [step.Limit is Limit.Heartbeat ? Failed : TimedOut],
            var act => [OwnEnd(act)],
        };
        // An attempt that was cut off counts, so a later one may succeed where the model has it fail.
        if (isDisturbed && step.Act is Act.Falter) ends.Add(Succeeded);
        if (isDisturbed && step.OnInterrupted is OnInterrupted.Fail) ends.Add(Failed);
        if (isHalted && step.Act is Act.Fail or Act.Falter) ends.Add(Failed);
        return ends;
    }

    private static StepState OwnEnd(Act act) => act switch
    {
        Act.Fail => Failed,
        Act.Skip => Skipped,
        _ => Succeeded,
    };

    /// <summary>Whether an agent that fails some times fails too often for its retries and its rule.</summary>
    private static bool Falters(ModelStep step)
    {
        var attempts = 1 + step.Retries;
        if (step.Faults < attempts) return false;
        return step.Recovery switch
        {
            "degrade" or "path" => false,
            "retry" => step.Faults >= attempts + 1,
            // The mending is an attempt too, and gives the step all its retries again; so does a person's yes.
            "mend" => step.Faults >= attempts + 1 + attempts,
            "escalate" => !step.IsApproved || step.IsSilent || step.Faults >= attempts + attempts,
            _ => true,
        };
    }
}
