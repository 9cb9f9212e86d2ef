using System.Text.Json;
using Slipway.Coordination.Approvals;

namespace Slipway.Coordination.Journal;

/// <summary>A step waits for a person's decision.</summary>
/// <param name="StepId">The step.</param>
/// <param name="ApprovalId">The stable id of the question, <c>run/step/number</c>.</param>
/// <param name="Policy">What is asked and who may decide.</param>
/// <param name="Detail">What the person should see; undefined when nothing.</param>
/// <param name="ExpiresAt">When it can no longer be decided; null when it stays open.</param>
public sealed record ApprovalRequested(string StepId, string ApprovalId, ApprovalPolicy Policy, JsonElement Detail, DateTimeOffset? ExpiresAt) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "approval_requested";
}

/// <summary>A question of a step is no longer open.</summary>
/// <param name="StepId">The step.</param>
/// <param name="ApprovalId">The question.</param>
/// <param name="Status">How it was settled; never pending.</param>
/// <param name="Decision">What a person decided; null when it expired or was withdrawn.</param>
public sealed record ApprovalDecided(string StepId, string ApprovalId, ApprovalStatus Status, ApprovalDecision? Decision) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "approval_decided";
}
