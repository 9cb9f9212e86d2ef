using System.Text.Json;

namespace Slipway.Coordination.Approvals;

/// <summary>A question to a person: may a step go on, or what should it know.</summary>
public sealed record ApprovalRequest
{
    /// <summary>The stable id, <c>run/step/number</c>: asking again after a restart is the same question.</summary>
    public required string Id { get; init; }

    /// <summary>The run that waits.</summary>
    public required string RunId { get; init; }

    /// <summary>The step that waits.</summary>
    public required string StepId { get; init; }

    /// <summary>What is asked, one sentence for people, without secrets.</summary>
    public required string Question { get; init; }

    /// <summary>What the person should see before deciding, such as a diff; an undefined element means nothing. No secrets: it is journaled.</summary>
    public JsonElement Detail { get; init; }

    /// <summary>Who may decide: names of people or of groups. Default: none named, anybody may.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it can no longer be decided; null when it stays open.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether the person who decided may: nobody is named, or they or one of their groups are. Every store asks this.</summary>
    public bool Allows(ApprovalDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return Approvers.Count == 0
            || Approvers.Contains(decision.By, StringComparer.Ordinal)
            || decision.Groups.Any(group => Approvers.Contains(group, StringComparer.Ordinal));
    }
}
