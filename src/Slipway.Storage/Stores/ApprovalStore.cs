using System.Runtime.CompilerServices;
using Slipway.Coordination.Approvals;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Stores;

/// <summary>Questions to people in a database.</summary>
internal sealed class ApprovalStore(IApprovalTable table, ChangeBell bell, TimeProvider timers) : IApprovalStore
{
    public static string TopicOf(string approvalId) => $"approval:{approvalId}";

    public async ValueTask<Approval> RequestAsync(ApprovalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await table.AddAsync(request, cancellationToken);
        return await FindAsync(request.Id, cancellationToken) ?? throw new InvalidOperationException($"Question '{request.Id}' was removed while it was asked.");
    }

    public async ValueTask<(DecisionResult Result, Approval? Approval)> DecideAsync(
        string approvalId, ApprovalDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        ArgumentNullException.ThrowIfNull(decision);
        if (await FindAsync(approvalId, cancellationToken) is not { } approval) return (DecisionResult.Unknown, null);
        if (approval.Status is not ApprovalStatus.Pending) return (DecisionResult.NotPending, approval);
        if (!approval.Request.Allows(decision)) return (DecisionResult.NotAllowed, approval);
        var status = decision.IsApproved ? ApprovalStatus.Approved : ApprovalStatus.Rejected;
        var isFirst = await table.TrySettleAsync(approvalId, status, decision, cancellationToken);
        approval = await FindAsync(approvalId, cancellationToken);
        return (isFirst ? DecisionResult.Accepted : approval is null ? DecisionResult.Unknown : DecisionResult.NotPending, approval);
    }

    public async ValueTask WithdrawAsync(string approvalId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        await table.TrySettleAsync(approvalId, ApprovalStatus.Withdrawn, decision: null, cancellationToken);
    }

    public async ValueTask<Approval?> FindAsync(string approvalId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        return (await table.FindAsync(approvalId, cancellationToken))?.Approval;
    }

    public async ValueTask<Approval> WaitAsync(string approvalId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        using var watch = await bell.WatchAsync([TopicOf(approvalId)], cancellationToken);
        TimeSpan? remaining;
        Approval? last = null;
        do
        {
            if (await table.FindAsync(approvalId, cancellationToken) is not { } found)
            {
                // Removed with its run while somebody waited: nobody wants to know any more.
                if (last is not null) return last with { Status = ApprovalStatus.Withdrawn, DecidedAt = timers.GetUtcNow() };
                throw new KeyNotFoundException($"There is no question '{approvalId}'.");
            }

            (last, remaining) = found;
            if (last.Status is not ApprovalStatus.Pending) return last;
        }
        while (await watch.WaitAsync(remaining, timers, cancellationToken));

        throw new ObjectDisposedException(nameof(IApprovalStore));
    }

    public async IAsyncEnumerable<Approval> ListAsync(
        string? runId = null, ApprovalStatus? status = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var approval in await table.ListAsync(runId, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (status is null || approval.Status == status) yield return approval;
        }
    }

    public ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return table.RemoveRunAsync(runId, cancellationToken);
    }
}
