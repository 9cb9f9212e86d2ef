namespace Slipway.Coordination.Approvals;

/// <summary>
/// Questions to people, kept until they are removed with their run. The first decision of somebody who may counts; it never changes. Every
/// implementation must pass the approval conformance suite. All members are safe to call from many threads.
/// </summary>
public interface IApprovalStore
{
    /// <summary>Asks. A question that was asked before under the same id is left as it stands.</summary>
    /// <returns>The question as it stands now.</returns>
    ValueTask<Approval> RequestAsync(ApprovalRequest request, CancellationToken cancellationToken = default);

    /// <summary>Decides.</summary>
    /// <returns>Whether the decision counts, and the question as it stands now; null when there is none.</returns>
    ValueTask<(DecisionResult Result, Approval? Approval)> DecideAsync(string approvalId, ApprovalDecision decision, CancellationToken cancellationToken = default);

    /// <summary>Ends a question that nobody has to answer any more. One that is not pending is left as it stands.</summary>
    ValueTask WithdrawAsync(string approvalId, CancellationToken cancellationToken = default);

    /// <summary>A question; null when there is none.</summary>
    ValueTask<Approval?> FindAsync(string approvalId, CancellationToken cancellationToken = default);

    /// <summary>Waits until a question is no longer pending: decided by anybody in any process, expired, or withdrawn.</summary>
    /// <exception cref="KeyNotFoundException">There is no such question.</exception>
    ValueTask<Approval> WaitAsync(string approvalId, CancellationToken cancellationToken = default);

    /// <summary>Questions in the order they were asked, then by id.</summary>
    /// <param name="runId">Only those of this run; null for all.</param>
    /// <param name="status">Only those that stand so; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<Approval> ListAsync(string? runId = null, ApprovalStatus? status = null, CancellationToken cancellationToken = default);

    /// <summary>Removes all questions of a run.</summary>
    /// <returns>How many there were.</returns>
    ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken = default);
}
