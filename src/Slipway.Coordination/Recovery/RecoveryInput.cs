using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Recovery;

/// <summary>What an agent is given that mends the input of a step.</summary>
internal static class RecoveryInput
{
    /// <summary><c>{"step", "input", "failure": {"code", "kind", "message", "detail"}}</c>.</summary>
    public static JsonElement Of(StepRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, PlanJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("step", record.Step.Id);
            WorldEventJson.WriteElement(writer, "input", record.CurrentInput);
            if (record.Failure is { } failure) RunEventJson.WriteFailure(writer, failure);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory, PlanJson.ReaderOptions);
        return document.RootElement.Clone();
    }
}
