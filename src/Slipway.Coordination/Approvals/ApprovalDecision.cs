using System.Text.Json;

namespace Slipway.Coordination.Approvals;

/// <summary>What a person decided.</summary>
public sealed record ApprovalDecision
{
    /// <summary>True for yes.</summary>
    public required bool IsApproved { get; init; }

    /// <summary>Who decided.</summary>
    public required string By { get; init; }

    /// <summary>Groups that the person belongs to, as the caller has established; an approver may be one of them. Default: none. Not kept.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Why, for people; null when not said.</summary>
    public string? Note { get; init; }

    /// <summary>What the step should know, such as the answer to a question; an undefined element means nothing. No secrets: it is journaled.</summary>
    public JsonElement Answer { get; init; }
}
