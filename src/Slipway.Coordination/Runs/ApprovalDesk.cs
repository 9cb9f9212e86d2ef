using System.Text.Json;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Asks people on behalf of steps, and brings their decisions back. A question is durable before anybody can see it, and whoever watches the run hears of it
/// once the store has it and can be told the decision.
/// </summary>
internal sealed class ApprovalDesk(RunCore core, RunLoop loop, Attempts attempts)
{
    private readonly HashSet<int> _open = [];
    private readonly HashSet<int> _unanswered = [];
    private readonly HashSet<int> _untold = [];

    /// <summary>The steps that wait for a decision.</summary>
    public IReadOnlyCollection<int> Open => _open;

    /// <summary>True while the store has not said how some question stands.</summary>
    public bool IsAsking => _unanswered.Count > 0;

    /// <summary>Whether a step may start as far as people are concerned; asks where nobody was asked yet.</summary>
    public bool MayStart(int step, StepRecord record)
    {
        if (record.Step.Approval is not { } policy || record.NewestDecision is { Status: ApprovalStatus.Approved }) return true;
        Ask(step, record, policy, detail: default);
        return false;
    }

    /// <summary>Asks, and waits for the decision without holding anything.</summary>
    public void Ask(int step, StepRecord record, ApprovalPolicy policy, JsonElement detail)
    {
        var id = $"{core.Run.RunId}/{record.Step.Id}/{record.Questions + 1}";
        core.Emit(new ApprovalRequested(record.Step.Id, id, policy, detail, core.Now + policy.Expiry));
        if (_untold.Add(step)) core.Writer.Watchers.Hold();
        WaitFor(step, record.OpenQuestion!, core.Now);
    }

    /// <summary>Waits again for decisions that were asked for before the run was resumed.</summary>
    public void WaitAgain(int step, StepRecord record) => WaitFor(step, record.OpenQuestion!, core.Now);

    /// <summary>Withdraws the question of a step that ends for another reason than its answer.</summary>
    public void Withdraw(int step, ApprovalRequested question)
    {
        _open.Remove(step);
        OnStored(step);
        core.AfterWrite(() => _ = WithdrawAsync(question.ApprovalId));
    }

    /// <summary>Withdraws the questions of steps that no longer want to know; their ends are durable.</summary>
    public void Close()
    {
        foreach (var step in _open)
        {
            if (core.Run.Steps[step] is { IsSettled: true, OpenQuestion: { } question }) _ = WithdrawAsync(question.ApprovalId);
        }
    }

    private void WaitFor(int step, ApprovalRequested question, DateTimeOffset at)
    {
        _open.Add(step);
        _unanswered.Add(step);
        var request = new ApprovalRequest
        {
            Id = question.ApprovalId,
            RunId = core.Run.RunId,
            StepId = question.StepId,
            Question = question.Policy.Question,
            Detail = question.Detail,
            Approvers = question.Policy.Approvers,
            RequestedAt = at,
            ExpiresAt = question.ExpiresAt,
        };
        core.AfterWrite(() => _ = WaitAsync(step, request));
    }

    private async Task WaitAsync(int step, ApprovalRequest request)
    {
        try
        {
            var approval = await core.Engine.Approvals.RequestAsync(request, core.WaitToken).ConfigureAwait(false);
            if (approval.Status is ApprovalStatus.Pending)
            {
                loop.Post(new StillOpen(this, step));
                approval = await core.Engine.Approvals.WaitAsync(request.Id, core.WaitToken).ConfigureAwait(false);
            }

            loop.Post(new Answer(this, step, approval, failure: null));
        }
        catch (OperationCanceledException) when (core.WaitToken.IsCancellationRequested)
        {
            // The run stops; it asks again when it is resumed.
        }
        catch (Exception exception)
        {
            loop.Post(new Answer(this, step, approval: null, exception));
        }
    }

    private void OnStored(int step)
    {
        _unanswered.Remove(step);
        if (_untold.Remove(step)) core.Writer.Watchers.LetGo();
    }

    private void OnAnswer(int step, Approval? approval, Exception? failure)
    {
        OnStored(step);
        if (!_open.Remove(step)) return;
        if (approval is null)
        {
            loop.OnStoreFailed(failure!);
            return;
        }

        var record = core.Run.Steps[step];
        if (record.OpenQuestion?.ApprovalId != approval.Request.Id) return;
        var isEscalated = record.IsEscalated;
        core.Emit(new ApprovalDecided(record.Step.Id, approval.Request.Id, approval.Status, approval.Decision));
        if (approval.Status is ApprovalStatus.Approved)
        {
            core.Scheduler.Enqueue(step);
            return;
        }

        attempts.Fail(step, record.Attempt, isEscalated ? record.Failure! : RunProblems.NotApproved(approval));
        core.Scheduler.Settle(step);
    }

    private async Task WithdrawAsync(string approvalId)
    {
        try
        {
            await core.Engine.Approvals.WithdrawAsync(approvalId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            core.Logger.LogWarning(exception, "The question {ApprovalId} could not be withdrawn", approvalId);
        }
    }

    private sealed class StillOpen(ApprovalDesk desk, int step) : RunMessage
    {
        public override void Take(RunLoop loop) => desk.OnStored(step);
    }

    private sealed class Answer(ApprovalDesk desk, int step, Approval? approval, Exception? failure) : RunMessage
    {
        public override void Take(RunLoop loop) => desk.OnAnswer(step, approval, failure);
    }
}
