using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Replay;

/// <summary>What is known of a run apart from its steps; the default is a run before its first event.</summary>
internal readonly record struct RunFacts(RunStatus? Status, int Steps, int OpenSteps, int Resumptions, DateTimeOffset? EndedAt, DateTimeOffset? DeadlineAt, string? RollbackRunId)
{
    public static RunFacts Of(RunProjection run) => new(run.Status, run.Steps.Count, run.OpenSteps, run.Resumptions, run.EndedAt, run.DeadlineAt, run.RollbackRunId);
}
