using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Recovery;

/// <summary>What an agent is given that mends the input of a step.</summary>
internal static class RecoveryInput
{
    /// <summary><c>{"step", "input", "failure": {"code", "kind", "message", "detail"}}</c>.</summary>
    public static JsonElement Of(StepRecord record) => JsonFields.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("step", record.Step.Id);
        JsonFields.WriteElement(writer, "input", record.CurrentInput);
        if (record.Failure is { } failure) RunEventJson.WriteFailure(writer, failure);
        writer.WriteEndObject();
    });
}
