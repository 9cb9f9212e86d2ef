using System.Text.Json;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Journal;

/// <summary>The JSON form of the events about steps that agents add, sub-runs, recovery and undoing.</summary>
internal static class WorldEventJson
{
    public static void Write(Utf8JsonWriter writer, StepsAdded added)
    {
        writer.WriteNumber("attempt", added.Attempt);
        writer.WriteStartArray("steps");
        foreach (var step in added.Steps) PlanJson.WriteStep(writer, step);
        writer.WriteEndArray();
        if (added.Before.Count > 0) JsonFields.WriteTexts(writer, "before", added.Before);
    }

    public static void Write(Utf8JsonWriter writer, StepRecovering recovering)
    {
        writer.WriteNumber("attempt", recovering.Attempt);
        RunEventJson.WriteFailure(writer, recovering.Failure);
        writer.WriteString("rule", recovering.Rule);
        writer.WriteString("strategy", recovering.Strategy);
        writer.WriteNumber("delay_ms", JsonFields.Milliseconds(recovering.Delay));
        if (recovering.Agent is { } agent) writer.WriteString("agent", agent);
        JsonFields.WriteElement(writer, "input", recovering.Input);
    }

    public static void Write(Utf8JsonWriter writer, StepCorrected corrected)
    {
        writer.WriteNumber("attempt", corrected.Attempt);
        JsonFields.WriteElement(writer, "input", corrected.Input);
    }

    public static void Write(Utf8JsonWriter writer, CompensationRecorded recorded)
    {
        writer.WriteNumber("attempt", recorded.Attempt);
        writer.WritePropertyName("action");
        PlanJson.WriteCompensation(writer, recorded.Action);
    }

    public static StepsAdded ReadStepsAdded(JsonElement json, string stepId) => new(
        stepId,
        RunEventJson.Attempt(json),
        [.. JsonFields.Required(json, "steps").EnumerateArray().Select(PlanJson.ReadStep)],
        json.TryGetProperty("before", out _) ? JsonFields.ReadTexts(json, "before") : []);

    public static StepRecovering ReadRecovering(JsonElement json, string stepId) => new(
        stepId,
        RunEventJson.Attempt(json),
        RunEventJson.ReadFailure(json),
        JsonFields.Text(json, "rule"),
        JsonFields.Text(json, "strategy"),
        JsonFields.Duration(JsonFields.Required(json, "delay_ms")),
        JsonFields.OptionalText(json, "agent"),
        JsonFields.ReadElement(json, "input"));

    public static StepCorrected ReadCorrected(JsonElement json, string stepId) => new(stepId, RunEventJson.Attempt(json), JsonFields.ReadElement(json, "input"));

    public static CompensationRecorded ReadRecorded(JsonElement json, string stepId) =>
        new(stepId, RunEventJson.Attempt(json), PlanJson.ReadCompensation(JsonFields.Required(json, "action")));
}
