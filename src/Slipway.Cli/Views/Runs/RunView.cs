using Slipway.Cli.Views.Platform;
using Slipway.Coordination.Journal;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs show</c>: a run with its steps.</summary>
/// <param name="run">The run.</param>
/// <param name="lease">Who is working on it, or null.</param>
/// <param name="now">The present.</param>
/// <param name="paths">Paths as the user would name them.</param>
internal sealed class RunView(RunProjection run, RunLease? lease, DateTimeOffset now, ShownPaths paths) : IView
{
    public Node ToDocument()
    {
        var document = RunSummary.ToDocument(run, lease);
        var labels = new MappingNode();
        foreach (var (name, value) in run.Plan.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)) labels.Add(name, value);
        document.Add("labels", labels);
        document["steps"] = StepTable.ToDocument(run);
        return document;
    }

    public void WriteHuman(Terminal terminal)
    {
        terminal.Line($"{terminal.Bold(run.RunId)}  {run.Plan.Name}  {RunSummary.Status(run, lease)}  {RunSummary.Progress(run)} steps  {RunSummary.Duration(run, lease, now)}".TrimEnd());
        if (lease is not null) terminal.Line($"worked on by {lease.Owner}");
        terminal.Line();
        StepTable.Write(terminal, run, lease is null ? null : now);
        if (run.IsResumable && lease is null) terminal.Line($"\nNext: slipway runs resume {run.RunId}{paths.DirectoryFlag}");
    }
}
