using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Rollback;

/// <summary>What a finished rollback means for the run that it undid.</summary>
internal static class RollbackRun
{
    /// <summary>The events that close the run: for each step whether it is undone, and how the run stands.</summary>
    public static List<RunEvent> Conclude(RunProjection run, RunProjection rollback)
    {
        var undoes = RollbackPlan.For(run).Undoes;
        var events = new List<RunEvent>();
        var isWhole = true;
        foreach (var chain in rollback.Steps.GroupBy(record => undoes.GetValueOrDefault(record.Step.Id), StringComparer.Ordinal))
        {
            if (chain.Key is not { } step) continue;
            var undone = chain.All(record => record.State is StepState.Succeeded or StepState.Skipped);
            isWhole &= undone;
            events.Add(undone ? new CompensationSucceeded(step) : new CompensationFailed(step, FailureOf(chain)));
        }

        events.Add(new RunFinished(isWhole ? RunStatus.RolledBack : RunStatus.RollbackFailed));
        return events;
    }

    private static Failure FailureOf(IEnumerable<StepRecord> chain) =>
        chain.Select(record => record.Failure).FirstOrDefault(failure => failure is not null)
        ?? new Failure { Code = "SLW5119", Kind = FailureKind.Cancelled, Message = "the undoing did not come to its turn" };
}
