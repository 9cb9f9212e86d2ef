using System.Text.Json;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Replay;

/// <summary>The JSON form of a difference between two runs.</summary>
internal static class RunDiffJson
{
    public static void Write(Utf8JsonWriter writer, RunDiff diff)
    {
        writer.WriteStartObject();
        WriteRun("a", diff.RunA, diff.DurationA);
        WriteRun("b", diff.RunB, diff.DurationB);
        writer.WriteBoolean("differs", diff.HasDifferences);
        WriteIds("only_in_a", diff.OnlyInA);
        WriteIds("only_in_b", diff.OnlyInB);
        WriteChanges("plan", diff.Plan);
        WriteChanges("outcome", diff.Outcome);
        WriteChanges("outputs", diff.Outputs);
        if (diff.Omitted > 0) writer.WriteNumber("omitted", diff.Omitted);
        if (diff.FirstOtherStart is { } place) writer.WriteNumber("first_other_start", place);
        writer.WriteStartArray("timings");
        foreach (var timing in diff.Timings)
        {
            writer.WriteStartObject();
            writer.WriteString("step", timing.StepId);
            WriteNumber("order_a", timing.OrderA);
            WriteNumber("order_b", timing.OrderB);
            WriteDuration("duration_a_ms", timing.DurationA);
            WriteDuration("duration_b_ms", timing.DurationB);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();

        void WriteRun(string name, string id, TimeSpan? duration)
        {
            writer.WriteStartObject(name);
            writer.WriteString("run", id);
            WriteDuration("duration_ms", duration);
            writer.WriteEndObject();
        }

        void WriteNumber(string name, long? number)
        {
            if (number is { } known) writer.WriteNumber(name, known);
        }

        void WriteDuration(string name, TimeSpan? duration) => WriteNumber(name, duration is { } known ? JsonFields.Milliseconds(known) : null);

        void WriteIds(string name, IReadOnlyList<string> ids)
        {
            if (ids.Count > 0) JsonFields.WriteTexts(writer, name, ids);
        }

        void WriteChanges(string name, IReadOnlyList<FieldChange> changes)
        {
            if (changes.Count == 0) return;
            writer.WriteStartArray(name);
            foreach (var change in changes)
            {
                writer.WriteStartObject();
                if (change.StepId is { } step) writer.WriteString("step", step);
                writer.WriteString("field", change.Field);
                if (change.Before is { } a) writer.WriteString("a", a);
                if (change.After is { } b) writer.WriteString("b", b);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }
}
