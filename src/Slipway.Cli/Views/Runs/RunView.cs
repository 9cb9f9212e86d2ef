using Slipway.Cli.Views.Platform;
using Slipway.Cli.Views.Progress;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
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
        document["steps"] = new SequenceNode(run.Steps.Select(Step));
        return document;
    }

    public void WriteHuman(Terminal terminal)
    {
        terminal.Line($"{terminal.Bold(run.RunId)}  {run.Plan.Name}  {RunSummary.Status(run, lease)}  {RunSummary.Progress(run)} steps  {RunSummary.Duration(run, lease, now)}".TrimEnd());
        if (lease is not null) terminal.Line($"worked on by {lease.Owner}");
        terminal.Line();
        var table = new TextTable("STEP", "STATE", "ATTEMPT", "DURATION", "REASON");
        foreach (var step in run.Steps)
        {
            table.Add(
                text => StepText.Paint(terminal, step.State, text),
                step.Step.Id,
                RunNames.Of(step.State),
                step.Attempt == 0 ? "" : $"{step.Attempt}",
                RunSummary.Duration(step, lease, now),
                StepText.Reason(step));
        }

        table.Write(terminal);
        if (run.IsResumable && lease is null) terminal.Line($"\nNext: slipway runs resume {run.RunId}{paths.DirectoryFlag}");
    }

    private static MappingNode Step(StepRecord step)
    {
        var node = new MappingNode()
            .Add("id", step.Step.Id)
            .Add("agent", step.Step.Agent)
            .Add("state", RunNames.Of(step.State))
            .Add("attempt", ScalarNode.Of(step.Attempt))
            .Add("started", Timestamps.Node(step.StartedAt))
            .Add("finished", Timestamps.Node(step.FinishedAt));
        if (step.Cause is { } cause) node.Add("cause", cause);
        if (step.Failure is { } failure)
        {
            node.Add("failure", new MappingNode().Add("code", failure.Code).Add("kind", RunNames.Of(failure.Kind)).Add("message", failure.Message));
        }

        return node;
    }
}
