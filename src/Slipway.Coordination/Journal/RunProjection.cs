using System.Text.Json;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Journal;

/// <summary>
/// A run's state as the fold of its events. The engine, resume and every view use this same fold. It is not safe for writing and
/// reading at once: a view folds its own.
/// </summary>
public sealed class RunProjection
{
    private Dictionary<string, StepRecord> _byId;
    private StepRecord[] _steps;
    private bool _isReadOnly;

    /// <summary>The state right after the first event.</summary>
    /// <param name="started">The first event.</param>
    /// <param name="at">When it was appended.</param>
    public RunProjection(RunStarted started, DateTimeOffset at)
    {
        Started = started;
        StartedAt = at;
        DeadlineAt = started.DeadlineAt;
        Sequence = 1;
        _steps = new StepRecord[Plan.Steps.Count];
        OpenSteps = _steps.Length;
        _byId = new Dictionary<string, StepRecord>(_steps.Length, StringComparer.Ordinal);
        for (var i = 0; i < _steps.Length; i++) _byId.Add(Plan.Steps[i].Id, _steps[i] = new StepRecord(Plan.Steps[i]));
    }

    /// <summary>The run's id.</summary>
    public string RunId => Started.RunId;

    /// <summary>The whole plan.</summary>
    public Plan Plan => Started.Plan;

    /// <summary>The first event.</summary>
    internal RunStarted Started { get; }

    /// <summary>The run's share of the engine's slots among other runs, 0 to 100.</summary>
    public int Priority => Started.Priority;

    /// <summary>How the run stands.</summary>
    public RunStatus Status { get; private set; }

    /// <summary>The sequence of the newest event folded in.</summary>
    public long Sequence { get; private set; }

    /// <summary>When the run started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When what is open times out; null for never.</summary>
    public DateTimeOffset? DeadlineAt { get; private set; }

    /// <summary>When the run ended or was paused; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How often the run was resumed.</summary>
    public int Resumptions { get; private set; }

    /// <summary>How many steps are not settled.</summary>
    public int OpenSteps { get; private set; }

    /// <summary>The steps in the order of the plan.</summary>
    public IReadOnlyList<StepRecord> Steps => _steps;

    /// <summary>True when the run can be resumed: it has not succeeded. A run in state running must not be held by anybody.</summary>
    public bool IsResumable => Status is not RunStatus.Succeeded and not RunStatus.RolledBack;

    /// <summary>A step.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such step.</exception>
    public StepRecord this[string stepId] => _byId[stepId];

    /// <summary>Finds a step; null when the plan has none of the id.</summary>
    public StepRecord? Find(string stepId) => _byId.GetValueOrDefault(stepId);

    /// <summary>How many steps are in a state.</summary>
    public int Count(StepState state)
    {
        var count = 0;
        foreach (var step in _steps) count += step.State == state ? 1 : 0;
        return count;
    }

    /// <summary>Reads a run from its journal.</summary>
    /// <returns>The state after its newest event, or null when there is no such run.</returns>
    /// <exception cref="JsonException">The events are in no order that a run can have, or not readable.</exception>
    public static async ValueTask<RunProjection?> LoadAsync(IRunJournal journal, string runId, CancellationToken cancellationToken = default)
    {
        RunProjection? run = null;
        await foreach (var entry in journal.ReadAsync(runId, 0, cancellationToken))
        {
            if (run is not null) run.Apply(entry);
            else if (entry is { Sequence: 1, Event: RunStarted started }) run = new RunProjection(started, entry.At);
            else throw new JsonException($"The journal of run '{runId}' begins with '{entry.Event.Type}' at {entry.Sequence} instead of 'run_started' at 1.");
        }

        return run;
    }

    /// <summary>Folds in the next event.</summary>
    /// <exception cref="JsonException">It is not the next event, or not one of this run.</exception>
    /// <exception cref="InvalidOperationException">The state belongs to a replay, which alone moves it.</exception>
    public void Apply(JournalEntry entry)
    {
        if (_isReadOnly) throw new InvalidOperationException("The state of a replay is moved by the replay alone; load one of your own to fold events into.");
        Fold(entry);
    }

    /// <summary>A state of its own, which nobody but a replay moves on.</summary>
    internal RunProjection CopyForReplay()
    {
        var copy = (RunProjection)MemberwiseClone();
        copy._isReadOnly = true;
        copy._steps = new StepRecord[_steps.Length];
        copy._byId = new Dictionary<string, StepRecord>(_steps.Length, StringComparer.Ordinal);
        for (var i = 0; i < _steps.Length; i++) copy._byId.Add(_steps[i].Step.Id, copy._steps[i] = _steps[i].Copy());
        return copy;
    }

    internal void Fold(JournalEntry entry)
    {
        if (entry.Sequence != Sequence + 1)
            throw new JsonException($"Event {Sequence + 1} of run '{RunId}' was expected, but {entry.Sequence} came.");
        Apply(entry.Event, entry.At);
    }

    internal void Apply(RunEvent runEvent, DateTimeOffset at)
    {
        switch (runEvent)
        {
            case StepEvent stepEvent:
                if (!_byId.TryGetValue(stepEvent.StepId, out var step))
                    throw new JsonException($"The run '{RunId}' has no step '{stepEvent.StepId}' for event {Sequence + 1}.");
                var wasSettled = step.IsSettled;
                step.Apply(stepEvent, at);
                if (step.IsSettled != wasSettled) OpenSteps += wasSettled ? 1 : -1;
                break;
            case RunResumed resumed:
                if (Status is not RunStatus.Running and not RunStatus.Paused)
                {
                    foreach (var record in _steps) record.Reopen();
                    OpenSteps = _steps.Count(record => !record.IsSettled);
                }

                Status = RunStatus.Running;
                DeadlineAt = resumed.DeadlineAt ?? DeadlineAt;
                EndedAt = null;
                Resumptions++;
                break;
            case RunPaused:
                Status = RunStatus.Paused;
                EndedAt = at;
                break;
            case RunFinished finished:
                Status = finished.Status;
                EndedAt = at;
                break;
            default:
                throw new JsonException($"The event '{runEvent.Type}' cannot come at {Sequence + 1} of run '{RunId}'.");
        }

        Sequence++;
    }

    /// <summary>The status that the states of the steps amount to, once all are settled and nobody cancelled the run.</summary>
    internal RunStatus ComputeStatus()
    {
        var isWhole = true;
        foreach (var step in _steps)
        {
            if (step.State is StepState.Succeeded or StepState.Skipped) continue;
            isWhole = false;
            var isOwnFault = step.State is StepState.Failed or StepState.TimedOut;
            if (step.Step.Criticality is Criticality.Critical || (isOwnFault && step.Step.Criticality is Criticality.Normal)) return RunStatus.Failed;
        }

        return isWhole ? RunStatus.Succeeded : RunStatus.PartiallySucceeded;
    }
}
