using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>What must hold of the events of any run, in their order.</summary>
internal sealed class JournalRules
{
    private readonly Dictionary<string, Step> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cutOff = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _retries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _agreed = new(StringComparer.Ordinal);
    private readonly int _parallelism;
    private bool _isEnded;

    private JournalRules(int parallelism) => _parallelism = parallelism;

    /// <summary>Whether a critical step failed.</summary>
    public bool IsHalted { get; private set; }

    /// <summary>Whether the run's deadline passed.</summary>
    public bool IsOverdue { get; private set; }

    /// <summary>Whether the run was opened again after its end.</summary>
    public bool IsReopened { get; private set; }

    public static JournalRules Check(IReadOnlyList<RunEvent> events, int parallelism)
    {
        var rules = new JournalRules(parallelism);
        foreach (var runEvent in events) rules.Take(runEvent);
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
            case RunPaused or RunFinished:
                Assert.Empty(_running);
                Assert.Empty(_held);
                _isEnded = runEvent is RunFinished;
                if (runEvent is RunFinished { Status: not (RunStatus.RolledBack or RunStatus.RollbackFailed) }) Assert.All(_steps.Keys, step => Assert.True(_ended.ContainsKey(step), $"the run ends before {step}"));
                break;
            case RunResumed when _isEnded:
                Reopen();
                break;
            case StepEvent stepEvent:
                Take(stepEvent, _steps[stepEvent.StepId]);
                break;
        }
    }

    private void Reopen()
    {
        _isEnded = false;
        IsReopened = true;
        IsHalted = false;
        IsOverdue = false;
        _retries.Clear();
        _asked.Clear();
        foreach (var (step, _) in _ended.Where(end => end.Value is not ("step_succeeded" or "step_skipped")).ToList()) _ended.Remove(step);
    }

    private void Take(StepEvent stepEvent, Step step)
    {
        // A rollback takes back what the run still asks.
        Assert.False(_isEnded && stepEvent is not (CompensationSucceeded or CompensationFailed or ApprovalDecided { Status: ApprovalStatus.Withdrawn }), $"{stepEvent} comes after the end");
        switch (stepEvent)
        {
            case StepStarted started:
                Assert.Equal(_attempts.GetValueOrDefault(step.Id) + 1, started.Attempt);
                _attempts[step.Id] = started.Attempt;
                Assert.Equal(_cutOff.Contains(step.Id) && step.OnInterrupted is OnInterrupted.Verify, started.IsVerification);
                Assert.False(_cutOff.Contains(step.Id) && step.OnInterrupted is OnInterrupted.Fail, $"{step.Id} starts again unseen");
                Assert.DoesNotContain(step.Id, _asked);
                Assert.True(step.Approval is null || _agreed.Contains(step.Id), $"{step.Id} starts without a yes");
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
            case ApprovalDecided decided:
                Assert.True(_asked.Remove(step.Id));
                if (decided.Status is ApprovalStatus.Approved) _agreed.Add(step.Id);
                break;
            case StepRetrying:
                Assert.True(_running.Remove(step.Id));
                Assert.InRange(_retries[step.Id] = _retries.GetValueOrDefault(step.Id) + 1, 1, step.Retry.MaxRetries);
                break;
            case StepSuspended or StepCorrected or ApprovalRequested or StepRecovering:
                _running.Remove(step.Id);
                if (stepEvent is ApprovalRequested) Assert.True(_asked.Add(step.Id), $"{step.Id} asks twice at once");
                if (stepEvent is StepRecovering { Strategy: not RetryRecovery.StrategyName }) _retries.Remove(step.Id);
                break;
            case StepInterrupted:
                Assert.True(_running.Remove(step.Id));
                _cutOff.Add(step.Id);
                break;
            case StepSucceeded or StepFailed or StepSkipped or StepBlocked or StepCancelled:
                _running.Remove(step.Id);
                Assert.True(_ended.TryAdd(step.Id, stepEvent.Type), $"{step.Id} ends twice");
                // Whoever is told that it was cut off may let it begin anew.
                if (stepEvent is StepFailed) _cutOff.Remove(step.Id);
                IsOverdue |= stepEvent is StepFailed { Failure.Code: "SLW5117" };
                IsHalted |= stepEvent is StepFailed && step.Criticality is Criticality.Critical;
                break;
        }
    }
}
