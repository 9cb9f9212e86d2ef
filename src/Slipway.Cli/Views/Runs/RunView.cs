using Slipway.Cli.Views.Approvals;
using Slipway.Cli.Views.Locks;
using Slipway.Cli.Views.Platform;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Rollback;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs show</c>: a run with its steps, and what it waits for, holds and has below it.</summary>
/// <param name="situation">The run.</param>
/// <param name="now">The present.</param>
/// <param name="paths">Paths as the user would name them.</param>
internal sealed class RunView(RunSituation situation, DateTimeOffset now, ShownPaths paths) : IView
{
    private readonly RunProjection _run = situation.Run;

    public Node ToDocument()
    {
        var document = RunSummary.ToDocument(_run, situation.Lease);
        var labels = new MappingNode();
        foreach (var (name, value) in _run.Plan.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)) labels.Add(name, value);
        document.Add("labels", labels);
        document.Add("approvals", ApprovalDocument.From(situation.Approvals));
        document.Add("locks", LockDocument.From(situation.Locks));
        document["steps"] = StepTable.ToDocument(_run);
        return document;
    }

    public void WriteHuman(Terminal terminal)
    {
        var lease = situation.Lease;
        terminal.Line($"{terminal.Bold(_run.RunId)}  {_run.Plan.Name}  {RunSummary.Status(_run, lease)}  {RunSummary.Progress(_run)} steps  {RunSummary.Duration(_run, lease, now)}".TrimEnd());
        if (lease is not null) terminal.Line($"worked on by {lease.Owner}");
        foreach (var note in situation.Notes()) terminal.Line(note);
        terminal.Line();
        StepTable.Write(terminal, _run, lease is null ? null : now);
        WriteBeside(terminal);
        if (Next() is { } next) terminal.Line($"\nNext: slipway {next}{paths.DirectoryFlag}");
    }

    private void WriteBeside(Terminal terminal)
    {
        if (situation.Approvals.Count > 0)
        {
            terminal.Line();
            ApprovalListView.WriteTable(terminal, situation.Approvals);
        }

        if (situation.Locks.Count > 0)
        {
            terminal.Line();
            LockListView.WriteTable(terminal, situation.Locks);
        }

        if (_run.Steps.Any(step => step.SubRuns.Count > 0))
        {
            terminal.Line();
            var table = new TextTable("STEP", "RUN BELOW");
            foreach (var step in _run.Steps)
            {
                foreach (var subRun in step.SubRuns) table.Add(step.Step.Id, subRun);
            }

            table.Write(terminal);
        }

        if (_run.Status is not RunStatus.RolledBack && RollbackPlan.For(_run) is { Undoes.Count: > 0 } undo)
        {
            var steps = undo.Undoes.Values.Distinct(StringComparer.Ordinal).Count();
            terminal.Line($"\nCan be undone: {steps} of the {steps + undo.LeftAlone.Count} steps that began, with 'slipway runs rollback'");
        }
    }

    private string? Next()
    {
        var open = situation.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).ToList();
        if (open.Count > 0) return open.Count == 1 ? $"approvals show {open[0].Request.Id}" : "approvals list --pending";
        if (!_run.IsResumable || situation.Lease is not null) return null;
        return _run.RollbackRunId is null ? $"runs resume {_run.RunId}" : $"runs rollback {_run.RunId}";
    }
}
