using System.Collections.Concurrent;
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
    private readonly record struct Addition(StepRecord Record, string By);

    private Dictionary<string, StepRecord> _byId;
    private List<StepRecord> _steps;
    // Read by agents while the loop adds to it; what the plan began with is in a dictionary that never changes.
    private ConcurrentDictionary<string, Addition>? _added;
    private Plan? _plan;
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
        OpenSteps = started.Plan.Steps.Count;
        _steps = new List<StepRecord>(OpenSteps);
        _byId = new Dictionary<string, StepRecord>(OpenSteps, StringComparer.Ordinal);
        for (var i = 0; i < OpenSteps; i++)
        {
            var record = new StepRecord(started.Plan.Steps[i]);
            _steps.Add(record);
            _byId.Add(record.Step.Id, record);
        }
    }

    /// <summary>The run's id.</summary>
    public string RunId => Started.RunId;

    /// <summary>The whole plan, with the steps that agents added.</summary>
    public Plan Plan => _added is null ? Started.Plan : _plan ??= Started.Plan with { Steps = [.. _steps.Select(record => record.Step)] };

    /// <summary>The run that undoes what this one did; null when nobody asked for that.</summary>
    public string? RollbackRunId { get; private set; }

    /// <summary>The first event.</summary>
    internal RunStarted Started { get; }

    /// <summary>The run's share of the engine's slots among other runs, 0 to 100.</summary>
    public int Priority => Started.Priority;

    /// <summary>The step that the run goes on below; null for a run of its own.</summary>
    public ParentStep? Parent => Started.Parent;

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

    /// <summary>True when the run is paused only until some engine takes it up: it was submitted, or its host stopped. See <see cref="Hosting.RunHost"/>.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>True when any engine may go on with the run while nobody holds it. A sub-run is its parent's, and a rollback goes on when asked for again.</summary>
    internal bool IsOpen => Started.Parent is null && (IsReleased || (Status is RunStatus.Running && RollbackRunId is null));

    /// <summary>A step.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such step.</exception>
    public StepRecord this[string stepId] => Find(stepId) ?? throw new KeyNotFoundException($"The run '{RunId}' has no step '{stepId}'.");

    /// <summary>Finds a step; null when the plan has none of the id.</summary>
    public StepRecord? Find(string stepId) =>
        _byId.TryGetValue(stepId, out var record) ? record
        : _added is not null && _added.TryGetValue(stepId, out var added) ? added.Record
        : null;

    /// <summary>The step whose agent added a step; null for a step that the plan began with.</summary>
    public string? AddedBy(string stepId) => _added is not null && _added.TryGetValue(stepId, out var added) ? added.By : null;

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
    public static ValueTask<RunProjection?> LoadAsync(IRunJournal journal, string runId, CancellationToken cancellationToken = default) =>
        LoadAsync(journal, runId, onEvent: null, cancellationToken);

    /// <param name="journal">The journal.</param>
    /// <param name="runId">The run.</param>
    /// <param name="onEvent">Called with each event that was folded in; null for nobody.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <inheritdoc cref="LoadAsync(IRunJournal, string, CancellationToken)"/>
    internal static async ValueTask<RunProjection?> LoadAsync(IRunJournal journal, string runId, Action<RunEvent>? onEvent, CancellationToken cancellationToken)
    {
        RunProjection? run = null;
        await foreach (var entry in journal.ReadAsync(runId, 0, cancellationToken))
        {
            onEvent?.Invoke(entry.Event);
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
        copy._steps = [.. _steps.Select(record => record.Copy())];
        copy._byId = copy._steps.Take(_byId.Count).ToDictionary(record => record.Step.Id, StringComparer.Ordinal);
        copy._added = _added is null ? null : new(copy._steps.Skip(_byId.Count).Select(record => KeyValuePair.Create(record.Step.Id, new Addition(record, AddedBy(record.Step.Id)!))), StringComparer.Ordinal);
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
                if (Find(stepEvent.StepId) is not { } step)
                    throw new JsonException($"The run '{RunId}' has no step '{stepEvent.StepId}' for event {Sequence + 1}.");
                var wasSettled = step.IsSettled;
                step.Apply(stepEvent, at);
                if (stepEvent is StepsAdded added) Add(added);
                if (step.IsSettled != wasSettled) OpenSteps += wasSettled ? 1 : -1;
                break;
            case RunResumed resumed:
                if (Status is not RunStatus.Running and not RunStatus.Paused)
                {
                    foreach (var record in _steps) record.Reopen();
                    OpenSteps = _steps.Count(record => !record.IsSettled);
                }

                Status = RunStatus.Running;
                IsReleased = false;
                DeadlineAt = resumed.DeadlineAt ?? DeadlineAt;
                EndedAt = null;
                Resumptions++;
                break;
            case RollbackStarted rollback:
                RollbackRunId = rollback.RunId;
                Status = RunStatus.Running;
                IsReleased = false;
                EndedAt = null;
                break;
            case SignalPublished or StateChanged or GateUpdated:
                // The board of the run folds these.
                break;
            case RunPaused paused:
                Status = RunStatus.Paused;
                IsReleased = paused.IsReleased;
                EndedAt = at;
                break;
            case RunFinished finished:
                Status = finished.Status;
                IsReleased = false;
                EndedAt = at;
                break;
            default:
                throw new JsonException($"The event '{runEvent.Type}' cannot come at {Sequence + 1} of run '{RunId}'.");
        }

        Sequence++;
    }

    private void Add(StepsAdded added)
    {
        _added ??= new ConcurrentDictionary<string, Addition>(StringComparer.Ordinal);
        _plan = null;
        foreach (var step in added.Steps)
        {
            var record = new StepRecord(step) { AddedAs = step };
            if (Find(step.Id) is not null || !_added.TryAdd(step.Id, new Addition(record, added.StepId)))
                throw new JsonException($"The run '{RunId}' has a step '{step.Id}' already, which event {Sequence + 1} adds.");
            _steps.Add(record);
            OpenSteps++;
        }

        if (added.Before.Count == 0) return;
        var last = added.LastSteps();
        foreach (var id in added.Before)
        {
            var waiting = this[id];
            waiting.Step = waiting.Step with { DependsOn = [.. waiting.Step.DependsOn, .. last.Select(step => new StepDependency(step))] };
        }
    }

    /// <summary>The status that the states of the steps amount to, once all are settled and nobody cancelled the run.</summary>
    internal RunStatus ComputeStatus()
    {
        var isWhole = true;
        foreach (var step in _steps)
        {
            if (step is { State: StepState.Succeeded, IsDegraded: false } or { State: StepState.Skipped }) continue;
            isWhole = false;
            if (step.State is StepState.Succeeded) continue;
            var isOwnFault = step.State is StepState.Failed or StepState.TimedOut;
            if (step.Step.Criticality is Criticality.Critical || (isOwnFault && step.Step.Criticality is Criticality.Normal)) return RunStatus.Failed;
        }

        return isWhole ? RunStatus.Succeeded : RunStatus.PartiallySucceeded;
    }
}
