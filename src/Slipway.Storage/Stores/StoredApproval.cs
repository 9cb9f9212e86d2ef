using Slipway.Coordination.Approvals;

namespace Slipway.Storage.Stores;

/// <summary>The stable names of how a question stands. A question is pending while it has none; that it has expired is seen from the clock.</summary>
internal static class StoredApproval
{
    public static string NameOf(ApprovalStatus status) => status switch
    {
        ApprovalStatus.Approved => "approved",
        ApprovalStatus.Rejected => "rejected",
        ApprovalStatus.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status that is stored."),
    };

    /// <summary>Puts a question together from its row.</summary>
    public static Approval Of(
        ApprovalRequest request, string? status, DateTimeOffset? decidedAt, string? decidedBy, string? note, string? answer, bool isExpired)
    {
        if (status is null) return new Approval(request, isExpired ? ApprovalStatus.Expired : ApprovalStatus.Pending, Decision: null, isExpired ? request.ExpiresAt : null);
        var known = status switch
        {
            "approved" => ApprovalStatus.Approved,
            "rejected" => ApprovalStatus.Rejected,
            _ => ApprovalStatus.Withdrawn,
        };
        var decision = decidedBy is null
            ? null
            : new ApprovalDecision { IsApproved = known is ApprovalStatus.Approved, By = decidedBy, Note = note, Answer = StoredJson.Value(answer) };
        return new Approval(request, known, decision, decidedAt);
    }
}
