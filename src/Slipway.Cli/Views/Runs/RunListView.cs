using Slipway.Coordination.Journal;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs list</c>.</summary>
/// <param name="runs">The runs with who works on them, newest first.</param>
/// <param name="now">The present.</param>
internal sealed class RunListView(IReadOnlyList<(RunProjection Run, RunLease? Lease)> runs, DateTimeOffset now) : IView
{
    public Node ToDocument() => new MappingNode().Add("runs", new SequenceNode(runs.Select(known => RunSummary.ToDocument(known.Run, known.Lease))));

    public void WriteHuman(Terminal terminal)
    {
        if (runs.Count == 0)
        {
            terminal.Line("No runs yet. 'slipway up' makes one.");
            return;
        }

        var table = new TextTable("RUN", "NAME", "STATUS", "STEPS", "STARTED (UTC)", "DURATION");
        foreach (var (run, lease) in runs)
        {
            table.Add(
                run.RunId,
                run.Plan.Name,
                RunSummary.Status(run, lease),
                RunSummary.Progress(run),
                Timestamps.ForPeople(run.StartedAt),
                RunSummary.Duration(run, lease, now));
        }

        table.Write(terminal);
    }
}
