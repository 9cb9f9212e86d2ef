using System.Text.Json;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>What one agent says to others.</summary>
public sealed record InterAgentMessage : SignalPayload, ISignalPayload<InterAgentMessage>
{
    /// <inheritdoc/>
    public override SignalType Type => SignalType.InterAgentMessage;

    /// <summary>What kind of message it is, 1 to 100 characters.</summary>
    public required string MessageType { get; init; }

    /// <summary>The message, for people. Default: empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether the sender waits for an answer. Default: false.</summary>
    public bool RequiresResponse { get; init; }

    /// <summary>How long the sender waits, in milliseconds, 1 to 86,400,000. Default: 5,000.</summary>
    public int ResponseTimeoutMs { get; init; } = 5_000;

    /// <summary>The message for programs: a JSON object. Default: undefined, which stands for an empty one.</summary>
    public JsonElement Payload { get; init => field = SignalDraft.Kept(value); }

    /// <inheritdoc/>
    public static PayloadResult<InterAgentMessage> Read(JsonElement data) => PayloadReader.Read(data, static reader => new InterAgentMessage
    {
        MessageType = reader.Name("message_type"),
        Message = reader.Text("message"),
        RequiresResponse = reader.Flag("requires_response", orElse: false),
        ResponseTimeoutMs = reader.Count("response_timeout_ms", orElse: 5_000),
        Payload = reader.Object("payload"),
    });

    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("message_type", MessageType);
        writer.WriteString("message", Message);
        writer.WriteBoolean("requires_response", RequiresResponse);
        writer.WriteNumber("response_timeout_ms", ResponseTimeoutMs);
        SignalJson.WriteObject(writer, "payload", Payload);
    }

    internal override void Check(PayloadCheck check)
    {
        check.Name("message_type", MessageType);
        check.Text("message", Message);
        if (ResponseTimeoutMs is < 1 or > 86_400_000) check.Add("response_timeout_ms", "must be a whole number from 1 to 86,400,000");
        check.Object("payload", Payload);
    }

    internal override bool TryGetScalar(string name, out SignalValue value)
    {
        value = name switch
        {
            "message_type" => MessageType,
            "message" => Message,
            "requires_response" => RequiresResponse,
            "response_timeout_ms" => ResponseTimeoutMs,
            _ => default,
        };
        return name is "message_type" or "message" or "requires_response" or "response_timeout_ms";
    }
}
