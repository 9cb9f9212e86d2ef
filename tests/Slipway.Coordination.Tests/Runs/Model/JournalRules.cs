using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>What must hold of the events of any run, in their order.</summary>
internal sealed class JournalRules
{
    private readonly Dictionary<string, Step> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cutOff = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _held = new(StringComparer.Ordinal);
    private readonly int _parallelism;

    private JournalRules(int parallelism) => _parallelism = parallelism;

    /// <summary>Whether a critical step failed.</summary>
    public bool IsHalted { get; private set; }

    public static JournalRules Check(IReadOnlyList<RunEvent> events, int parallelism)
    {
        var rules = new JournalRules(parallelism);
        foreach (var runEvent in events) rules.Take(runEvent);
        Assert.Empty(rules._running);
        Assert.Empty(rules._held);
        return rules;
    }

    private void Take(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                foreach (var step in started.Plan.Steps) _steps.Add(step.Id, step);
                break;
            case StepsAdded added:
                foreach (var step in added.Steps) _steps.Add(step.Id, step);
                foreach (var before in added.Before) _steps[before] = _steps[before] with { DependsOn = [.. _steps[before].DependsOn, .. added.Steps.Select(step => new StepDependency(step.Id))] };
                break;
            case StepEvent stepEvent:
                Take(stepEvent, _steps[stepEvent.StepId]);
                break;
        }
    }

    private void Take(StepEvent stepEvent, Step step)
    {
        switch (stepEvent)
        {
            case StepStarted:
                Assert.False(_ended.ContainsKey(step.Id), $"{step.Id} starts after its end");
                Assert.False(IsHalted && !_cutOff.Contains(step.Id), $"{step.Id} starts after a critical failure");
                Assert.All(step.DependsOn, dependency => Assert.True(_ended.TryGetValue(dependency.StepId, out var how) && (dependency.IsOptional || how == "step_succeeded"), $"{step.Id} starts too early"));
                Assert.All(step.Modifies, resource => Assert.Equal(step.Id, _held[resource]));
                Assert.True(_running.Add(step.Id), $"{step.Id} runs twice at once");
                // A step gives its slot to the run below it.
                Assert.InRange(_running.Count(id => _steps[id].Agent != ModelStep.NameOf(Act.Descend)), 0, _parallelism);
                _cutOff.Remove(step.Id);
                break;
            case LockAcquired acquired:
                Assert.All(acquired.Resources, resource => _held.Add(resource, step.Id));
                break;
            case LockReleased released:
                Assert.All(released.Resources, resource => Assert.True(_held.Remove(resource)));
                break;
            case StepRetrying or StepSuspended or StepCorrected or ApprovalRequested or StepRecovering:
                _running.Remove(step.Id);
                break;
            case StepInterrupted:
                Assert.True(_running.Remove(step.Id));
                _cutOff.Add(step.Id);
                break;
            case StepSucceeded or StepFailed or StepSkipped or StepBlocked or StepCancelled:
                _running.Remove(step.Id);
                Assert.True(_ended.TryAdd(step.Id, stepEvent.Type), $"{step.Id} ends twice");
                IsHalted |= stepEvent is StepFailed && step.Criticality is Criticality.Critical;
                break;
        }
    }
}
