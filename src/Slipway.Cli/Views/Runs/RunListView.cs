using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs list</c>.</summary>
/// <param name="runs">The runs, newest first.</param>
/// <param name="now">The present.</param>
internal sealed class RunListView(IReadOnlyList<RunProjection> runs, DateTimeOffset now) : IView
{
    public Node ToDocument() => new MappingNode().Add("runs", new SequenceNode(runs.Select(RunSummary.ToDocument)));

    public void WriteHuman(Terminal terminal)
    {
        if (runs.Count == 0)
        {
            terminal.Line("No runs yet. 'slipway up' makes one.");
            return;
        }

        var table = new TextTable("RUN", "NAME", "STATUS", "STEPS", "STARTED (UTC)", "DURATION");
        foreach (var run in runs)
        {
            table.Add(run.RunId, run.Plan.Name, RunNames.Of(run.Status), RunSummary.Progress(run), Timestamps.ForPeople(run.StartedAt), RunSummary.Duration(run, now));
        }

        table.Write(terminal);
    }
}
