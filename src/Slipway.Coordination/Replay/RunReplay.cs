using System.Text.Json;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Replay;

/// <summary>
/// A run's journal to walk through: forward, back, to any sequence. At each place there is the event, the state after it and what the
/// event changed. It only reads, so it may look at a run that is under way. Going back costs at most as many events as the run has
/// steps (256 at least), from a kept state, however long the run is. Not for many threads at once.
/// </summary>
public sealed class RunReplay
{
    private const int ShortestDistance = 256;

    private readonly IRunJournal _journal;
    private readonly List<JournalEntry> _entries;
    private readonly List<RunProjection> _keyframes = [];
    private readonly List<FieldChange> _changes = [];

    private RunReplay(IRunJournal journal, string runId, List<JournalEntry> entries)
    {
        (_journal, RunId, _entries) = (journal, runId, entries);
        Run = Begin(runId, entries[0]);
        _keyframes.Add(Run.CopyForReplay());
        Run = Run.CopyForReplay();
        Go(Length);
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>How many events were read; <see cref="RefreshAsync"/> reads on.</summary>
    public long Length => _entries.Count;

    /// <summary>The sequence of the event that the replay is at, 1 to <see cref="Length"/>. At first the last.</summary>
    public long Position => Run.Sequence;

    /// <summary>The event that the replay is at.</summary>
    public JournalEntry Entry => EntryAt(Position);

    /// <summary>The state right after <see cref="Entry"/>. It moves with the replay and takes no events from anybody else.</summary>
    public RunProjection Run { get; private set; }

    /// <summary>What <see cref="Entry"/> changed: of its step, or of the run.</summary>
    public IReadOnlyList<FieldChange> Changes => [.. _changes];

    /// <summary>Reads a run's journal and goes to its last event.</summary>
    /// <returns>The replay, or null when there is no such run.</returns>
    /// <exception cref="JsonException">The events are in no order that a run can have, or not readable.</exception>
    public static async ValueTask<RunReplay?> LoadAsync(IRunJournal journal, string runId, CancellationToken cancellationToken = default)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAsync(runId, 0, cancellationToken)) entries.Add(entry);
        return entries.Count == 0 ? null : new RunReplay(journal, runId, entries);
    }

    /// <summary>Reads what was appended since; the position stays.</summary>
    /// <returns>How many events are new.</returns>
    public async ValueTask<int> RefreshAsync(CancellationToken cancellationToken = default)
    {
        var known = _entries.Count;
        await foreach (var entry in _journal.ReadAsync(RunId, known, cancellationToken)) _entries.Add(entry);
        return _entries.Count - known;
    }

    /// <summary>An event, wherever the replay is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to <see cref="Length"/>.</exception>
    public JournalEntry EntryAt(long sequence)
    {
        CheckSequence(sequence);
        return _entries[(int)(sequence - 1)];
    }

    /// <summary>The sequences of all events of a step, in order; none for a step that the plan does not have.</summary>
    public IReadOnlyList<long> EventsOf(string stepId) =>
        [.. _entries.Where(entry => entry.Event is StepEvent stepEvent && stepEvent.StepId == stepId).Select(entry => entry.Sequence)];

    /// <summary>Goes one event on.</summary>
    /// <returns>False at the last one.</returns>
    public bool MoveNext() => Position < Length && Go(Position + 1);

    /// <summary>Goes one event back.</summary>
    /// <returns>False at the first one.</returns>
    public bool MoveBack() => Position > 1 && Go(Position - 1);

    /// <summary>Goes to the next event of a step.</summary>
    /// <returns>False, and nothing moves, when there is none.</returns>
    public bool MoveNext(string stepId) => GoToStep(stepId, 1);

    /// <summary>Goes to the event of a step before this one.</summary>
    /// <returns>False, and nothing moves, when there is none.</returns>
    public bool MoveBack(string stepId) => GoToStep(stepId, -1);

    /// <summary>Goes to an event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to <see cref="Length"/>.</exception>
    public void MoveTo(long sequence)
    {
        CheckSequence(sequence);
        if (sequence != Position) Go(sequence);
    }

    private static RunProjection Begin(string runId, JournalEntry entry) => entry is { Sequence: 1, Event: RunStarted started }
        ? new RunProjection(started, entry.At)
        : throw new JsonException($"The journal of run '{runId}' begins with '{entry.Event.Type}' at {entry.Sequence} instead of 'run_started' at 1.");

    private void CheckSequence(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, Length);
    }

    private bool GoToStep(string stepId, int direction)
    {
        for (var sequence = Position + direction; sequence >= 1 && sequence <= Length; sequence += direction)
        {
            if (EntryAt(sequence).Event is StepEvent stepEvent && stepEvent.StepId == stepId) return Go(sequence);
        }

        return false;
    }

    // The event itself is folded with the state before it at hand, because what it changed is asked for.
    private bool Go(long sequence)
    {
        if (sequence == 1)
        {
            Run = _keyframes[0].CopyForReplay();
            Explain(default);
            return true;
        }

        FoldTo(sequence - 1);
        var entry = EntryAt(sequence);
        IEnumerable<string> touched = entry.Event switch
        {
            StepsAdded added => [added.StepId, .. added.Before],
            StepEvent stepEvent => [stepEvent.StepId],
            RunResumed => Run.Steps.Select(step => step.Step.Id),
            _ => [],
        };
        var before = touched.Select(Run.Find).OfType<StepRecord>().Select(step => step.Copy()).ToList();
        var facts = RunFacts.Of(Run);
        Fold(entry);
        Explain(facts);
        foreach (var step in before) RecordFields.Compare(step, Run[step.Step.Id], _changes);
        if (entry.Event is StepsAdded news) _changes.AddRange(news.Steps.Select(step => new FieldChange(step.Id, "added_by", null, news.StepId)));
        return true;
    }

    private void Explain(RunFacts before)
    {
        _changes.Clear();
        RecordFields.Compare(before, RunFacts.Of(Run), _changes);
    }

    private void FoldTo(long sequence)
    {
        var keyframe = _keyframes[^1];
        for (var i = _keyframes.Count - 1; keyframe.Sequence > sequence; i--) keyframe = _keyframes[i];
        if (sequence < Position || keyframe.Sequence > Position) Run = keyframe.CopyForReplay();
        while (Position < sequence) Fold(EntryAt(Position + 1));
    }

    // States are kept so far apart that all of them together cost no more than the events do.
    private void Fold(JournalEntry entry)
    {
        Run.Fold(entry);
        if (Position - _keyframes[^1].Sequence >= Math.Max(ShortestDistance, Run.Steps.Count)) _keyframes.Add(Run.CopyForReplay());
    }
}
