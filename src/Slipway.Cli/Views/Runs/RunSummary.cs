using Slipway.Cli.Views.Progress;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary>A run in short, for people and programs.</summary>
internal static class RunSummary
{
    /// <summary><c>{id, name, status, resumable, priority, started, finished, released, deadline, parent{run, step}, rollback, steps{total, succeeded, failed, …}, owner}</c>.</summary>
    public static MappingNode ToDocument(RunProjection run, RunLease? lease)
    {
        var steps = new MappingNode().Add("total", ScalarNode.Of(run.Steps.Count));
        foreach (var state in Enum.GetValues<StepState>())
        {
            if (run.Count(state) is var count and > 0) steps.Add(RunNames.Of(state), ScalarNode.Of(count));
        }

        var document = new MappingNode()
            .Add("id", run.RunId)
            .Add("name", run.Plan.Name)
            .Add("status", RunNames.Of(run.Status))
            .Add("resumable", ScalarNode.Of(run.IsResumable))
            .Add("priority", ScalarNode.Of(run.Priority))
            .Add("started", Timestamps.Node(run.StartedAt))
            .Add("finished", Timestamps.Node(run.EndedAt));
        if (run.IsReleased) document.Add("released", ScalarNode.Of(true));
        if (run.DeadlineAt is { } deadline) document.Add("deadline", Timestamps.Node(deadline));
        if (run.Parent is { } parent) document.Add("parent", new MappingNode().Add("run", parent.RunId).Add("step", parent.StepId));
        if (run.RollbackRunId is { } rollback) document.Add("rollback", rollback);
        document.Add("steps", steps);
        return lease is null ? document : document.Add("owner", lease.Owner);
    }

    /// <summary>How a run stands, for people: one that goes on but has nobody who works on it was interrupted, and one that was released waits for a host.</summary>
    public static string Status(RunProjection run, RunLease? lease) =>
        run.Status is RunStatus.Running && lease is null ? "interrupted"
        : run.IsReleased ? "waiting"
        : RunNames.Of(run.Status);

    /// <summary>How many steps have succeeded, of how many.</summary>
    public static string Progress(RunProjection run) => $"{run.Count(StepState.Succeeded)}/{run.Steps.Count}";

    /// <summary>How long it took, or has taken; empty when nobody knows, because its process died.</summary>
    public static string Duration(RunProjection run, RunLease? lease, DateTimeOffset now) => Duration(run.StartedAt, run.EndedAt ?? (lease is null ? null : now));

    /// <summary>From a start to an end; empty when one is not known.</summary>
    public static string Duration(DateTimeOffset? start, DateTimeOffset? end) => end - start is { } duration ? Durations.Format(duration) : "";
}
