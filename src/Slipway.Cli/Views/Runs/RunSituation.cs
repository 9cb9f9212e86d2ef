using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Views.Runs;

/// <summary>A run, and what the stores know of it beside its journal.</summary>
/// <param name="Run">The run.</param>
/// <param name="Lease">Who works on it; null when nobody does.</param>
/// <param name="Approvals">What it asked people, oldest first.</param>
/// <param name="Locks">What its steps hold.</param>
internal sealed record RunSituation(RunProjection Run, RunLease? Lease, IReadOnlyList<Approval> Approvals, IReadOnlyList<ResourceLock> Locks)
{
    private const int Ordinary = 50;

    /// <summary>How many of its questions nobody has answered.</summary>
    public int OpenQuestions => Approvals.Count(approval => approval.Status is ApprovalStatus.Pending);

    /// <summary>What is out of the ordinary, in a few words each.</summary>
    public IEnumerable<string> Notes()
    {
        if (OpenQuestions is var open and > 0) yield return open == 1 ? "waits for 1 approval" : $"waits for {open} approvals";
        if (Locks.Count > 0) yield return Locks.Count == 1 ? "holds 1 lock" : $"holds {Locks.Count} locks";
        if (Run.Priority != Ordinary) yield return $"priority {Run.Priority}";
        if (Run is { DeadlineAt: { } deadline, Status: RunStatus.Running or RunStatus.Paused }) yield return $"deadline {Timestamps.ForPeople(deadline)} UTC";
        if (Run.Parent is { } parent) yield return $"below step '{parent.StepId}' of {parent.RunId}";
        if (Run.RollbackRunId is { } rollback) yield return $"undone by {rollback}";
    }
}
