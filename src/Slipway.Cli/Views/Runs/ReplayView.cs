using System.Globalization;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Replay;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs replay</c>: events in order, each with what it changed.</summary>
/// <param name="replay">The run.</param>
/// <param name="sequences">The events to show; it moves the replay along them.</param>
internal sealed class ReplayView(RunReplay replay, IEnumerable<long> sequences) : IView
{
    private const int LongestValue = 60;

    public Node ToDocument()
    {
        var events = new SequenceNode(Walk().Select(step => ReplayEntryDocument.Of(step.Entry, step.Changes)).ToList());
        return new MappingNode().Add("run", replay.RunId).Add("events", events);
    }

    public void WriteHuman(Terminal terminal)
    {
        var table = new TextTable("SEQ", "AT (UTC)", "EVENT", "STEP", "CHANGED");
        foreach (var (entry, changes) in Walk())
        {
            table.Add(
                entry.Sequence.ToString(CultureInfo.InvariantCulture),
                entry.At.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
                entry.Event.Type,
                ReplayEntryDocument.StepOf(entry) ?? "",
                string.Join(", ", changes.Where(IsNews).Select(change => Describe(change, entry))));
        }

        table.Write(terminal);
    }

    /// <summary>A change in a few words; without its step where the event is about that.</summary>
    public static string Describe(FieldChange change, JournalEntry entry) => (change with
    {
        StepId = change.StepId == ReplayEntryDocument.StepOf(entry) ? null : change.StepId,
        Before = change.Before is { } before ? OneLine.Of(before, LongestValue) : null,
        After = change.After is { } after ? OneLine.Of(after, LongestValue) : null,
    }).ToString();

    // The time of the event is in a column of its own.
    private static bool IsNews(FieldChange change) => change.Field is not ("started" or "finished");

    private IEnumerable<(JournalEntry Entry, IReadOnlyList<FieldChange> Changes)> Walk()
    {
        foreach (var sequence in sequences)
        {
            replay.MoveTo(sequence);
            yield return (replay.Entry, replay.Changes);
        }
    }
}
