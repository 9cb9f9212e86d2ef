using System.Globalization;
using Slipway.Coordination.Replay;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs replay --at</c>: an event, what it changed, and the run as it was right after it.</summary>
/// <param name="replay">The run at the event.</param>
internal sealed class ReplayMomentView(RunReplay replay) : IView
{
    public Node ToDocument() => new MappingNode()
        .Add("run", replay.RunId)
        .Add("length", ScalarNode.Of(replay.Length))
        .Add("event", ReplayEntryDocument.Of(replay.Entry, replay.Changes))
        .Add("status", RunNames.Of(replay.Run.Status))
        .Add("steps", StepTable.ToDocument(replay.Run));

    public void WriteHuman(Terminal terminal)
    {
        var (run, entry) = (replay.Run, replay.Entry);
        terminal.Line($"{terminal.Bold(run.RunId)}  {run.Plan.Name}  {RunNames.Of(run.Status)}  {RunSummary.Progress(run)} steps  {RunSummary.Duration(run.StartedAt, entry.At)}");
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"event {entry.Sequence} of {replay.Length} at {Timestamps.ForPeople(entry.At)}: {entry.Event.Type} {ReplayEntryDocument.StepOf(entry)}").TrimEnd());
        foreach (var change in replay.Changes) terminal.Line($"  {ReplayView.Describe(change, entry)}");
        terminal.Line();
        StepTable.Write(terminal, run, entry.At);
    }
}
