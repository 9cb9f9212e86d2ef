using Slipway.Coordination.Approvals;

namespace Slipway.Storage.Stores;

/// <summary>What a database does for an <see cref="ApprovalStore"/>. Whatever settles a question rings its topic.</summary>
internal interface IApprovalTable
{
    /// <summary>Adds a question unless it is there.</summary>
    ValueTask AddAsync(ApprovalRequest request, CancellationToken cancellationToken);

    /// <summary>A question as it stands, and how long until it expires where it is pending and does.</summary>
    ValueTask<(Approval Approval, TimeSpan? Remaining)?> FindAsync(string approvalId, CancellationToken cancellationToken);

    /// <summary>Ends a question unless it has ended or expired.</summary>
    /// <returns>False when it had.</returns>
    ValueTask<bool> TrySettleAsync(string approvalId, ApprovalStatus status, ApprovalDecision? decision, CancellationToken cancellationToken);

    /// <summary>The questions of a run or of all, in the order they were asked, then by id.</summary>
    ValueTask<List<Approval>> ListAsync(string? runId, CancellationToken cancellationToken);

    ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken);
}
