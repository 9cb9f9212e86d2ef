using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Serialization;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Signals;

/// <summary>
/// The JSON form of a signal: <c>signal_id, position, signal_type, sender_agent_id, recipient_agents, timestamp, event_data, metadata,
/// coordination_id</c> and, where they are set, <c>correlation_id, reply_to</c>, in this order. Unknown properties are passed over.
/// </summary>
public static class SignalJson
{
    internal static readonly JsonElement EmptyObject = Parse("{}"u8);

    /// <summary>Writes a signal as UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, Signal signal)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        Write(writer, signal);
    }

    /// <summary>Writes a signal as a JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, Signal signal)
    {
        writer.WriteStartObject();
        writer.WriteString("signal_id", signal.Id);
        writer.WriteNumber("position", signal.Position);
        WriteContent(writer, signal);
        writer.WriteString("coordination_id", signal.CoordinationId);
        WriteReferences(writer, signal);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, Signal)"/> wrote.</summary>
    /// <exception cref="JsonException">It is not the JSON form of a signal.</exception>
    public static Signal Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, JsonFields.ReaderOptions);
        return Read(document.RootElement);
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter, Signal)"/> wrote.</summary>
    /// <exception cref="JsonException">It is not the JSON form of a signal.</exception>
    public static Signal Read(JsonElement json)
    {
        try
        {
            var position = JsonFields.Required(json, "position").GetInt64();
            return position < 1 ? throw new JsonException("Positions are counted from 1.") : Read(json, JsonFields.Text(json, "coordination_id"), position);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException($"A property of the signal has the wrong type: {exception.Message}", exception);
        }
    }

    /// <summary>Writes what a signal is without its place.</summary>
    internal static void WriteBody(IBufferWriter<byte> output, Signal signal)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        writer.WriteStartObject();
        WriteContent(writer, signal);
        WriteReferences(writer, signal);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="WriteBody"/> wrote.</summary>
    /// <exception cref="JsonException">It is not what a signal is.</exception>
    internal static Signal ReadBody(string coordinationId, long position, ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, JsonFields.ReaderOptions);
        return Read(document.RootElement, coordinationId, position);
    }

    internal static JsonElement ToElement(SignalPayload payload)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions))
        {
            writer.WriteStartObject();
            payload.WriteProperties(writer);
            writer.WriteEndObject();
        }

        return Parse(output.WrittenSpan);
    }

    internal static bool IsObjectOrNothing(JsonElement json) => json.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined;

    internal static void WriteObject(Utf8JsonWriter writer, string name, JsonElement json)
    {
        writer.WritePropertyName(name);
        (json.ValueKind is JsonValueKind.Undefined ? EmptyObject : json).WriteTo(writer);
    }

    private static Signal Read(JsonElement json, string coordinationId, long position)
    {
        try
        {
            var draft = new SignalDraft(new SignalType(JsonFields.Text(json, "signal_type")), Object(json, "event_data"))
            {
                Sender = JsonFields.Text(json, "sender_agent_id"),
                Recipients = json.TryGetProperty("recipient_agents", out var recipients)
                    ? [.. recipients.EnumerateArray().Select(agent => agent.GetString() ?? throw new JsonException("A recipient is null."))]
                    : [],
                Metadata = Object(json, "metadata"),
                CorrelationId = JsonFields.OptionalText(json, "correlation_id"),
                ReplyTo = JsonFields.OptionalText(json, "reply_to"),
            };
            var timestamp = JsonFields.Required(json, "timestamp").GetDateTimeOffset().ToUniversalTime();
            return new Signal(coordinationId, draft, timestamp, payload: null, position);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException($"A property of the signal has the wrong type: {exception.Message}", exception);
        }
    }

    private static void WriteContent(Utf8JsonWriter writer, Signal signal)
    {
        writer.WriteString("signal_type", signal.Type.Name);
        writer.WriteString("sender_agent_id", signal.Sender);
        JsonFields.WriteTexts(writer, "recipient_agents", signal.Recipients);
        writer.WriteString("timestamp", JsonFields.Time(signal.Timestamp));
        WriteObject(writer, "event_data", signal.Data);
        WriteObject(writer, "metadata", signal.Metadata);
    }

    private static void WriteReferences(Utf8JsonWriter writer, Signal signal)
    {
        if (signal.CorrelationId is { } correlation) writer.WriteString("correlation_id", correlation);
        if (signal.ReplyTo is { } request) writer.WriteString("reply_to", request);
    }

    private static JsonElement Object(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value)) return default;
        return value.ValueKind is JsonValueKind.Object ? value : throw new JsonException($"'{name}' is not a JSON object.");
    }

    private static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonFields.DeepestNesting });
        return JsonElement.ParseValue(ref reader);
    }
}
