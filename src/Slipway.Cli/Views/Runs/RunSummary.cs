using Slipway.Cli.Views.Progress;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary>A run in short, for people and programs.</summary>
internal static class RunSummary
{
    /// <summary><c>{id, name, status, resumable, started, finished, steps{total, succeeded, failed, …}}</c>.</summary>
    public static MappingNode ToDocument(RunProjection run)
    {
        var steps = new MappingNode().Add("total", ScalarNode.Of(run.Steps.Count));
        foreach (var state in Enum.GetValues<StepState>())
        {
            if (run.Count(state) is var count and > 0) steps.Add(RunNames.Of(state), ScalarNode.Of(count));
        }

        return new MappingNode()
            .Add("id", run.RunId)
            .Add("name", run.Plan.Name)
            .Add("status", RunNames.Of(run.Status))
            .Add("resumable", ScalarNode.Of(run.IsResumable))
            .Add("started", Timestamps.Node(run.StartedAt))
            .Add("finished", Timestamps.Node(run.EndedAt))
            .Add("steps", steps);
    }

    /// <summary>How many steps have succeeded, of how many.</summary>
    public static string Progress(RunProjection run) => $"{run.Count(StepState.Succeeded)}/{run.Steps.Count}";

    /// <summary>How long it took, or has taken.</summary>
    public static string Duration(RunProjection run, DateTimeOffset now) => Durations.Format((run.EndedAt ?? now) - run.StartedAt);
}
