using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Journal;

/// <summary>The JSON form of the events about questions to people.</summary>
internal static class ApprovalEventJson
{
    public static void Write(Utf8JsonWriter writer, ApprovalRequested requested)
    {
        writer.WriteString("approval", requested.ApprovalId);
        writer.WritePropertyName("policy");
        PlanJson.WriteApproval(writer, requested.Policy);
        JsonFields.WriteElement(writer, "detail", requested.Detail);
        if (requested.ExpiresAt is { } expiry) writer.WriteString("expires_at", JsonFields.Time(expiry));
    }

    public static void Write(Utf8JsonWriter writer, ApprovalDecided decided)
    {
        writer.WriteString("approval", decided.ApprovalId);
        writer.WriteString("status", RunNames.Of(decided.Status));
        if (decided.Decision is not { } decision) return;
        writer.WriteString("by", decision.By);
        if (decision.Note is { } note) writer.WriteString("note", note);
        JsonFields.WriteElement(writer, "answer", decision.Answer);
    }

    public static ApprovalRequested ReadRequested(JsonElement json, string stepId) => new(
        stepId,
        JsonFields.Text(json, "approval"),
        PlanJson.ReadApproval(JsonFields.Required(json, "policy")),
        JsonFields.ReadElement(json, "detail"),
        JsonFields.OptionalTime(json, "expires_at"));

    public static ApprovalDecided ReadDecided(JsonElement json, string stepId)
    {
        var status = RunNames.ToApprovalStatus(JsonFields.Text(json, "status"));
        var decision = JsonFields.OptionalText(json, "by") is { } by
            ? new ApprovalDecision
            {
                IsApproved = status is ApprovalStatus.Approved,
                By = by,
                Note = JsonFields.OptionalText(json, "note"),
                Answer = JsonFields.ReadElement(json, "answer"),
            }
            : null;
        return new ApprovalDecided(stepId, JsonFields.Text(json, "approval"), status, decision);
    }
}
