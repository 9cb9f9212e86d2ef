using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>Says when nothing of a run goes on and nothing can, and how it stands then.</summary>
internal sealed class RunEnding(RunCore core, Attempts attempts, RunLocks locks, Admission admission, ApprovalDesk approvals)
{
    /// <summary>Writes the run's last event when nothing goes on and nothing can.</summary>
    public bool TryFinish()
    {
        if (!attempts.IsEmpty) return false;
        if (core.Run.OpenSteps == 0)
        {
            core.Emit(new RunFinished(core.Run.ComputeStatus()));
            return true;
        }

        // The stores are told to stop waiting, and answer at once.
        if (core.Stop is not StopCause.None && locks.IsAsking) return false;
        switch (core.Stop)
        {
            case StopCause.Drain or StopCause.Release or StopCause.Pause:
                core.Emit(new RunPaused(core.StopReason!) { IsReleased = core.Stop is StopCause.Release });
                return true;
            case StopCause.Deadline:
                for (var step = 0; step < core.Run.Steps.Count; step++) TimeOut(step);
                // The end of one may have freed another that came before it in the plan.
                while (core.Scheduler.TryTake(out var step)) TimeOut(step);
                core.Emit(new RunFinished(core.Run.ComputeStatus()));
                return true;
            case StopCause.Cancel:
                foreach (var record in core.Run.Steps)
                {
                    if (!record.IsSettled) core.Emit(new StepCancelled(record.Step.Id, core.StopReason!, By: null));
                }

                core.Emit(new RunFinished(RunStatus.Cancelled));
                return true;
            default:
                if (attempts.Delayed > 0 || admission.IsWaiting || approvals.IsAsking) return false;
                if (approvals.Open.Count > 0 && core.Options.ApprovalWait is ApprovalWait.Wait) return false;
                if (approvals.Open.Count > 0 || attempts.Suspended > 0)
                {
                    core.Emit(new RunPaused(DescribeWaits()));
                    return true;
                }

                throw new InvalidOperationException($"The run '{core.Run.RunId}' has {core.Run.OpenSteps} open steps and nothing that could go on.");
        }
    }

    private void TimeOut(int step)
    {
        var record = core.Run.Steps[step];
        if (record.IsSettled || !core.Scheduler.IsFree(step)) return;
        core.Emit(new StepFailed(record.Step.Id, record.Attempt, RunProblems.DeadlinePassed(record.Failure?.Message)));
        core.Scheduler.Settle(step);
    }

    private string DescribeWaits() => string.Join("; ", core.Run.Steps.Where(record => !record.IsSettled && record.Message is not null).Take(3)
        .Select(record => $"{record.Step.Id} waits: {record.Message}"));
}
