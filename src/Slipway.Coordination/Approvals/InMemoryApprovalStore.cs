using System.Runtime.CompilerServices;

namespace Slipway.Coordination.Approvals;

/// <summary>Questions in memory, for the runs of one process.</summary>
/// <param name="time">The clock of expiry. Default: the system's.</param>
public sealed class InMemoryApprovalStore(TimeProvider? time = null) : IApprovalStore
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Question> _questions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<Approval> RequestAsync(ApprovalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            if (!_questions.TryGetValue(request.Id, out var question)) _questions.Add(request.Id, question = new Question(request));
            return ValueTask.FromResult(Look(question));
        }
    }

    /// <inheritdoc/>
    public ValueTask<(DecisionResult Result, Approval? Approval)> DecideAsync(
        string approvalId, ApprovalDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        ArgumentNullException.ThrowIfNull(decision);
        lock (_gate)
        {
            if (!_questions.TryGetValue(approvalId, out var question)) return ValueTask.FromResult<(DecisionResult, Approval?)>((DecisionResult.Unknown, null));
            var approval = Look(question);
            if (approval.Status is not ApprovalStatus.Pending) return ValueTask.FromResult<(DecisionResult, Approval?)>((DecisionResult.NotPending, approval));
            if (!approval.Request.Allows(decision)) return ValueTask.FromResult<(DecisionResult, Approval?)>((DecisionResult.NotAllowed, approval));
            approval = Settle(question, decision.IsApproved ? ApprovalStatus.Approved : ApprovalStatus.Rejected, decision with { Groups = [] });
            return ValueTask.FromResult<(DecisionResult, Approval?)>((DecisionResult.Accepted, approval));
        }
    }

    /// <inheritdoc/>
    public ValueTask WithdrawAsync(string approvalId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        lock (_gate)
        {
            if (_questions.TryGetValue(approvalId, out var question) && Look(question).Status is ApprovalStatus.Pending)
                Settle(question, ApprovalStatus.Withdrawn, decision: null);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Approval?> FindAsync(string approvalId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        lock (_gate) return ValueTask.FromResult(_questions.TryGetValue(approvalId, out var question) ? Look(question) : null);
    }

    /// <inheritdoc/>
    public async ValueTask<Approval> WaitAsync(string approvalId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(approvalId);
        Task<Approval> settled;
        TimeSpan wait;
        lock (_gate)
        {
            if (!_questions.TryGetValue(approvalId, out var question)) throw new KeyNotFoundException($"There is no question '{approvalId}'.");
            var approval = Look(question);
            if (approval.Status is not ApprovalStatus.Pending) return approval;
            settled = question.Settled.Task;
            wait = approval.Request.ExpiresAt is { } expiry ? expiry - _time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        }

        // A timer counts whole milliseconds; rounding up keeps it from ringing just before the question expires.
        if (wait != Timeout.InfiniteTimeSpan) wait = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));
        try
        {
            return await settled.WaitAsync(wait, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return await WaitAsync(approvalId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Approval> ListAsync(
        string? runId = null, ApprovalStatus? status = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        List<Approval> approvals;
        lock (_gate) approvals = [.. _questions.Values.Select(Look)];
        foreach (var approval in approvals.OrderBy(approval => approval.Request.RequestedAt).ThenBy(approval => approval.Request.Id, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((runId is null || approval.Request.RunId == runId) && (status is null || approval.Status == status)) yield return approval;
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        lock (_gate)
        {
            var gone = _questions.Values.Where(question => question.Approval.Request.RunId == runId).ToList();
            foreach (var question in gone)
            {
                if (Look(question).Status is ApprovalStatus.Pending) Settle(question, ApprovalStatus.Withdrawn, decision: null);
                _questions.Remove(question.Approval.Request.Id);
            }

            return ValueTask.FromResult(gone.Count);
        }
    }

    private Approval Look(Question question)
    {
        var isOver = question.Approval is { Status: ApprovalStatus.Pending, Request.ExpiresAt: { } expiry } && expiry <= _time.GetUtcNow();
        return isOver ? Settle(question, ApprovalStatus.Expired, decision: null) : question.Approval;
    }

    private Approval Settle(Question question, ApprovalStatus status, ApprovalDecision? decision)
    {
        question.Approval = new Approval(question.Approval.Request, status, decision, _time.GetUtcNow());
        question.Settled.SetResult(question.Approval);
        return question.Approval;
    }

    private sealed class Question(ApprovalRequest request)
    {
        public Approval Approval { get; set; } = new(request, ApprovalStatus.Pending, Decision: null, DecidedAt: null);

        public TaskCompletionSource<Approval> Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
