using System.Globalization;
using Slipway.Cli.Views.Progress;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary>The steps of a run, for people and programs.</summary>
internal static class StepTable
{
    /// <summary>A list of <c>{id, agent, state, attempt, started, finished, message, fraction, cause, failure, addedBy, degraded, recoveries[], subRuns[], compensations[]}</c>.</summary>
    public static SequenceNode ToDocument(RunProjection run) => new(run.Steps.Select(step => Step(run, step)));

    /// <summary>Prints a line a step.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="now">The present, as far as anybody works on the run; null when nobody does.</param>
    public static void Write(Terminal terminal, RunProjection run, DateTimeOffset? now)
    {
        var table = new TextTable("STEP", "STATE", "ATTEMPT", "DURATION", "REASON");
        foreach (var step in run.Steps)
        {
            table.Add(
                text => StepText.Paint(terminal, step.State, text),
                step.Step.Id,
                RunNames.Of(step.State),
                step.Attempt == 0 ? "" : $"{step.Attempt}",
                RunSummary.Duration(step.StartedAt, step.FinishedAt ?? now),
                StepText.Reason(step));
        }

        table.Write(terminal);
    }

    private static MappingNode Step(RunProjection run, StepRecord step)
    {
        var node = new MappingNode()
            .Add("id", step.Step.Id)
            .Add("agent", step.Step.Agent)
            .Add("state", RunNames.Of(step.State))
            .Add("attempt", ScalarNode.Of(step.Attempt))
            .Add("started", Timestamps.Node(step.StartedAt))
            .Add("finished", Timestamps.Node(step.FinishedAt));
        if (step.Message is { } message) node.Add("message", message);
        if (step.Fraction is { } fraction) node.Add("fraction", new ScalarNode(fraction.ToString("R", CultureInfo.InvariantCulture), ScalarKind.Float));
        if (step.Cause is { } cause) node.Add("cause", cause);
        if (step.Failure is { } failure)
        {
            node.Add("failure", new MappingNode().Add("code", failure.Code).Add("kind", RunNames.Of(failure.Kind)).Add("message", failure.Message));
        }

        if (run.AddedBy(step.Step.Id) is { } by) node.Add("addedBy", by);
        if (step.IsDegraded) node.Add("degraded", ScalarNode.Of(true));
        AddNames(node, "recoveries", step.Recoveries);
        AddNames(node, "subRuns", step.SubRuns);
        AddNames(node, "compensations", step.Compensations.Select(action => action.Agent));
        return node;
    }

    private static void AddNames(MappingNode node, string key, IEnumerable<string> names)
    {
        var list = new SequenceNode(names.Select(name => ScalarNode.Of(name)));
        if (list.Count > 0) node.Add(key, list);
    }
}
