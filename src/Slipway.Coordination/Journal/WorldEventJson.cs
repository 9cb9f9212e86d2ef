using System.Text.Json;
using Slipway.Coordination.Plans;

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
        if (added.Before.Count > 0) RunEventJson.WriteTexts(writer, "before", added.Before);
    }

    public static void Write(Utf8JsonWriter writer, StepRecovering recovering)
    {
        writer.WriteNumber("attempt", recovering.Attempt);
        RunEventJson.WriteFailure(writer, recovering.Failure);
        writer.WriteString("rule", recovering.Rule);
        writer.WriteString("strategy", recovering.Strategy);
        writer.WriteNumber("delay_ms", PlanJson.Milliseconds(recovering.Delay));
        if (recovering.Agent is { } agent) writer.WriteString("agent", agent);
        WriteElement(writer, "input", recovering.Input);
    }

    public static void Write(Utf8JsonWriter writer, StepCorrected corrected)
    {
        writer.WriteNumber("attempt", corrected.Attempt);
        WriteElement(writer, "input", corrected.Input);
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
        [.. PlanJson.Required(json, "steps").EnumerateArray().Select(PlanJson.ReadStep)],
        json.TryGetProperty("before", out _) ? RunEventJson.ReadTexts(json, "before") : []);

    public static StepRecovering ReadRecovering(JsonElement json, string stepId) => new(
        stepId,
        RunEventJson.Attempt(json),
        RunEventJson.ReadFailure(json),
        PlanJson.Text(json, "rule"),
        PlanJson.Text(json, "strategy"),
        PlanJson.Duration(PlanJson.Required(json, "delay_ms")),
        RunEventJson.OptionalText(json, "agent"),
        ReadElement(json, "input"));

    public static StepCorrected ReadCorrected(JsonElement json, string stepId) => new(stepId, RunEventJson.Attempt(json), ReadElement(json, "input"));

    public static CompensationRecorded ReadRecorded(JsonElement json, string stepId) =>
        new(stepId, RunEventJson.Attempt(json), PlanJson.ReadCompensation(PlanJson.Required(json, "action")));

    internal static void WriteElement(Utf8JsonWriter writer, string name, JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Undefined) return;
        writer.WritePropertyName(name);
        element.WriteTo(writer);
    }

    internal static JsonElement ReadElement(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.Clone() : default;
}
