namespace Slipway.Coordination.Approvals;

/// <summary>A question and how it stands.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Decision">What was decided; null unless somebody did.</param>
/// <param name="DecidedAt">When it was decided, expired or was withdrawn; null while it is pending.</param>
public sealed record Approval(ApprovalRequest Request, ApprovalStatus Status, ApprovalDecision? Decision, DateTimeOffset? DecidedAt);
