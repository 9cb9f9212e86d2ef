using Microsoft.Extensions.Logging;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Rollback;

namespace Slipway.Coordination.Runs;

public sealed partial class RunEngine
{
    /// <summary>
    /// Undoes what a run did, as its steps said before they acted: by a run of its own that this engine journals, retries and resumes like any
    /// other, in the reverse of the order in which the steps could act. A rollback that was interrupted, or failed, goes on.
    /// </summary>
    /// <param name="runId">The run; nobody may be running it.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Pauses the rollback; calling again goes on with it.</param>
    /// <returns>
    /// The run, <c>rolled_back</c> when all that could be undone is, <c>rollback_failed</c> when something is left; refused before anything is
    /// written where an agent that undoes is not known here.
    /// </returns>
    public async Task<RunResult> RollBackAsync(string runId, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var begun = await HoldingAsync(runId, async (lease, _) =>
        {
            var (run, problem) = await LoadAsync(runId);
            if (run is null) return Refused(problem ?? RunProblems.NoSuchRun(runId));
            if (run.Status is RunStatus.RolledBack) return new RunResult(run, []);
            return run.RollbackRunId is not null && run.Status is RunStatus.Running ? new RunResult(run, []) : await BeginRollbackAsync(lease, run, reason);
        });
        if (begun.Problems.Count > 0 || begun.Run is not { Status: not RunStatus.RolledBack } rolling) return begun;

        var undo = new SubRun(rolling.RollbackRunId!, RollbackPlan.For(rolling).Plan, new ParentStep(runId, "rollback"), rolling.Priority, RunPlace.Top);
        var undone = await RunBelowAsync(undo, cancellationToken);
        if (undone.Problems.Count > 0 || undone.Run is null) return new RunResult(rolling, undone.Problems);
        return await HoldingAsync(runId, async (lease, _) =>
        {
            var (run, problem) = await LoadAsync(runId);
            if (run is not { Status: RunStatus.Running }) return run is null ? Refused(problem ?? RunProblems.NoSuchRun(runId)) : new RunResult(run, []);
            return await AppendAsync(lease, run, undone.Status is RunStatus.Paused ? [new RunPaused("its rollback was paused")] : RollbackRun.Conclude(run, undone.Run));
        });
    }

    /// <summary>Nothing is written unless all can be undone by agents that are known. What the run still wanted from people or held for itself, it gives up.</summary>
    private async Task<RunResult> BeginRollbackAsync(RunLease lease, RunProjection run, string reason)
    {
        var check = PlanValidator.Check(RollbackPlan.For(run).Plan, _agents);
        if (check.Problems.Count > 0) return new RunResult(run, check.Problems);
        if (await ReleaseLocksAsync(run.RunId) is { } failed) return new RunResult(run, [failed]);
        List<ApprovalRequested> open = [.. run.Steps.Select(record => record.OpenQuestion).OfType<ApprovalRequested>()];
        var begun = await AppendAsync(
            lease,
            run,
            [
                .. open.Select(question => new ApprovalDecided(question.StepId, question.ApprovalId, ApprovalStatus.Withdrawn, Decision: null)),
                new RollbackStarted(RollbackPlan.RunIdOf(run.RunId), reason),
            ]);
        if (begun.Problems.Count == 0) await WithdrawAsync(open);
        return begun;
    }

    private async Task WithdrawAsync(IReadOnlyList<ApprovalRequested> questions)
    {
        try
        {
            foreach (var question in questions) await _services.Approvals.WithdrawAsync(question.ApprovalId, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _options.Logger.LogWarning(exception, "A question of a run that is rolled back could not be withdrawn");
        }
    }

    private async Task<RunResult> AppendAsync(RunLease lease, RunProjection run, IReadOnlyList<RunEvent> events)
    {
        try
        {
            await _journal.AppendAsync(lease, run.Sequence, events, CancellationToken.None);
            foreach (var runEvent in events) run.Apply(runEvent, JournalTime.Now(_options.Time));
            return new RunResult(run, []);
        }
        catch (Exception exception)
        {
            Diagnostic problem = exception is JournalConflictException ? RunProblems.LeaseLost(run.RunId, exception.Message) : JournalFailed(run.RunId, exception);
            return new RunResult(run, [problem]);
        }
    }
}
