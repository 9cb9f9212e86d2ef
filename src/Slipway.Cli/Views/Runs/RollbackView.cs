using Slipway.Cli.Views.Platform;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Rollback;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs rollback</c>: <c>{run, status, rollback, undo[], leftAlone[]}</c>, where <c>undo</c> has the steps of the run that undid it.</summary>
/// <param name="run">The run.</param>
/// <param name="undo">The run that undid it.</param>
/// <param name="plan">What was to be undone.</param>
/// <param name="paths">Paths as the user would name them.</param>
internal sealed class RollbackView(RunProjection run, RunProjection? undo, RollbackPlan plan, ShownPaths paths) : IView
{
    public Node ToDocument() => new MappingNode()
        .Add("run", run.RunId)
        .Add("status", RunNames.Of(run.Status))
        .Add("rollback", run.RollbackRunId!)
        .Add("undo", undo is null ? new SequenceNode() : StepTable.ToDocument(undo))
        .Add("leftAlone", RollbackPlanView.LeftAlone(plan));

    public void WriteHuman(Terminal terminal)
    {
        terminal.Line($"{terminal.Bold(run.RunId)}  {run.Plan.Name}  {RunNames.Of(run.Status)}");
        if (undo is not null)
        {
            terminal.Line();
            StepTable.Write(terminal, undo, now: null);
        }

        RollbackPlanView.WriteLeftAlone(terminal, plan);
        if (run.Status is not RunStatus.RolledBack) terminal.Line($"\nNext: slipway runs rollback {run.RunId}{paths.DirectoryFlag}");
    }
}
