using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs list</c>.</summary>
/// <param name="runs">The runs, newest first.</param>
/// <param name="now">The present.</param>
internal sealed class RunListView(IReadOnlyList<RunSituation> runs, DateTimeOffset now) : IView
{
    public Node ToDocument() => new MappingNode().Add("runs", new SequenceNode(runs.Select(Describe)));

    public void WriteHuman(Terminal terminal)
    {
        if (runs.Count == 0)
        {
            terminal.Line("No runs yet. 'slipway up' makes one.");
            return;
        }

        var table = new TextTable("RUN", "NAME", "STATUS", "STEPS", "STARTED (UTC)", "DURATION", "NOTES");
        foreach (var situation in runs)
        {
            var (run, lease) = (situation.Run, situation.Lease);
            table.Add(
                run.RunId,
                run.Plan.Name,
                RunSummary.Status(run, lease),
                RunSummary.Progress(run),
                Timestamps.ForPeople(run.StartedAt),
                RunSummary.Duration(run, lease, now),
                string.Join(", ", situation.Notes()));
        }

        table.Write(terminal);
    }

    private static MappingNode Describe(RunSituation situation) => RunSummary.ToDocument(situation.Run, situation.Lease)
        .Add("pendingApprovals", ScalarNode.Of(situation.OpenQuestions))
        .Add("heldLocks", ScalarNode.Of(situation.Locks.Count));
}
