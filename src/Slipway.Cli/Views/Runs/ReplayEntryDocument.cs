using Slipway.Coordination.Journal;
using Slipway.Coordination.Replay;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary>An event of a run with what it changed: <c>{seq, at, type, step, changes[{step, field, before, after}]}</c>.</summary>
internal static class ReplayEntryDocument
{
    public static MappingNode Of(JournalEntry entry, IReadOnlyList<FieldChange> changes)
    {
        var node = new MappingNode().Add("seq", ScalarNode.Of(entry.Sequence)).Add("at", Timestamps.Node(entry.At)).Add("type", entry.Event.Type);
        if (StepOf(entry) is { } step) node.Add("step", step);
        return node.Add("changes", new SequenceNode(changes.Select(Change)));
    }

    /// <summary>The step that an event is about, or null.</summary>
    public static string? StepOf(JournalEntry entry) => (entry.Event as StepEvent)?.StepId;

    private static MappingNode Change(FieldChange change)
    {
        var node = new MappingNode();
        if (change.StepId is { } step) node.Add("step", step);
        node.Add("field", change.Field);
        if (change.Before is { } before) node.Add("before", before);
        if (change.After is { } after) node.Add("after", after);
        return node;
    }
}
