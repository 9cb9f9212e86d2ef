using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>What must hold of a run that was rolled back.</summary>
internal static class RollbackRules
{
    /// <summary>Holds the run, and the one that undid it, to the rules.</summary>
    /// <param name="scenario">The plan and its world.</param>
    /// <param name="before">The run when it had ended.</param>
    /// <param name="after">The run when it was rolled back.</param>
    /// <param name="undoing">The events of the run that undid it.</param>
    public static void Check(ModelScenario scenario, RunProjection before, RunProjection after, IReadOnlyList<RunEvent> undoing)
    {
        var undone = new Dictionary<string, Undo>(StringComparer.Ordinal);
        foreach (var step in scenario.Steps)
        {
            var record = before[step.Id];
            var isUndone = step.Undo switch
            {
                Undo.Never => false,
                // It may have been cut off before it had said how.
                Undo.Told => record.Compensations.Count > 0,
                _ => record.Attempt > 0,
            };
            if (isUndone && record.State is not StepState.Skipped) undone.Add(step.Id, step.Undo);
        }

        foreach (var record in after.Steps)
        {
            var isUndone = undone.TryGetValue(record.Step.Id, out var undo) && undo is not Undo.InVain;
            Assert.Equal(isUndone ? StepState.Compensated : before[record.Step.Id].State, record.State);
        }

        Assert.Equal(undone.ContainsValue(Undo.InVain) ? RunStatus.RollbackFailed : RunStatus.RolledBack, after.Status);
        CheckOrder(before, undone, undoing);
    }

    /// <summary>Nothing is undone before all that came after it.</summary>
    private static void CheckOrder(RunProjection run, Dictionary<string, Undo> undone, IReadOnlyList<RunEvent> undoing)
    {
        foreach (var later in undone.Keys)
        {
            foreach (var earlier in BeforeOf(run, later).Where(undone.ContainsKey))
            {
                var firstOfEarlier = IndexesOf<StepStarted>(undoing, earlier).DefaultIfEmpty(int.MaxValue).Min();
                var lastOfLater = IndexesOf<StepEvent>(undoing, later).Where(at => at < firstOfEarlier && undoing[at] is StepSucceeded or StepFailed).ToList();
                Assert.True(firstOfEarlier == int.MaxValue || lastOfLater.Count > 0, $"{earlier} is undone before {later}, which came after it");
            }
        }
    }

    private static IEnumerable<int> IndexesOf<T>(IReadOnlyList<RunEvent> events, string step)
        where T : StepEvent
    {
        for (var at = 0; at < events.Count; at++)
        {
            if (events[at] is T stepEvent && (stepEvent.StepId == $"undo/{step}" || stepEvent.StepId.StartsWith($"undo/{step}/", StringComparison.Ordinal))) yield return at;
        }
    }

    private static HashSet<string> BeforeOf(RunProjection run, string step)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([step]);
        while (open.TryPop(out var current))
        {
            foreach (var dependency in run[current].Step.DependsOn.Where(dependency => before.Add(dependency.StepId))) open.Push(dependency.StepId);
        }

        return before;
    }
}
