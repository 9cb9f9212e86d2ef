using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.State;

/// <summary>
/// The JSON form of changes: <c>version</c>, <c>timestamp</c>, <c>operation</c>, <c>changed_by</c> and <c>writes</c>, each with <c>key</c>,
/// <c>old_value</c> and <c>new_value</c>. A value that is not there is left out; one that is null is written as null.
/// </summary>
public static class StateChangeJson
{
    /// <summary>Writes a change as a UTF-8 JSON object.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="change">The change.</param>
    /// <param name="withOldValues">False where the changes are read from the first on, so that the old values are known. Default: true.</param>
    public static void Write(IBufferWriter<byte> output, StateChange change, bool withOldValues = true)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        Write(writer, change, withOldValues);
    }

    /// <inheritdoc cref="Write(IBufferWriter{byte}, StateChange, bool)"/>
    public static void Write(Utf8JsonWriter writer, StateChange change, bool withOldValues = true)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(change);
        writer.WriteStartObject();
        writer.WriteNumber("version", change.Version);
        WriteTime(writer, change.Timestamp);
        writer.WriteString("operation", StateNames.Of(change.Operation));
        if (change.ChangedBy is { } changedBy) writer.WriteString("changed_by", changedBy);
        writer.WriteStartArray("writes");
        foreach (var write in change.Writes)
        {
            writer.WriteStartObject();
            writer.WriteString("key", write.Key);
            if (withOldValues) WriteValue(writer, "old_value", write.OldValue);
            WriteValue(writer, "new_value", write.NewValue);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes an entry of the history as a JSON object, with the version and the key side by side.</summary>
    public static void Write(Utf8JsonWriter writer, StateChangeRecord record)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(record);
        writer.WriteStartObject();
        WriteTime(writer, record.Timestamp);
        writer.WriteNumber("version", record.Version);
        writer.WriteString("key", record.Key);
        writer.WriteString("operation", StateNames.Of(record.Operation));
        WriteValue(writer, "old_value", record.OldValue);
        WriteValue(writer, "new_value", record.NewValue);
        if (record.ChangedBy is { } changedBy) writer.WriteString("changed_by", changedBy);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, StateChange, bool)"/> wrote; unknown properties are passed over.</summary>
    /// <exception cref="JsonException">It is not the JSON form of a change.</exception>
    public static StateChange Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, JsonFields.ReaderOptions);
        return Read(document.RootElement);
    }

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static StateChange Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object) throw new JsonException("A change of a state is a JSON object.");
        try
        {
            return new StateChange
            {
                Version = JsonFields.Required(json, "version").GetInt64(),
                Operation = StateNames.ToOperation(JsonFields.Text(json, "operation")),
                Timestamp = JournalTime.Truncate(JsonFields.Required(json, "timestamp").GetDateTimeOffset().ToUniversalTime()),
                ChangedBy = JsonFields.OptionalText(json, "changed_by"),
                Writes = [.. JsonFields.Required(json, "writes").EnumerateArray().Select(ReadWrite)],
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException)
        {
            throw new JsonException($"A property of the change has the wrong type: {exception.Message}", exception);
        }
    }

    private static StateWrite ReadWrite(JsonElement json) => new(JsonFields.Text(json, "key"), ReadValue(json, "old_value"), ReadValue(json, "new_value"));

    private static JsonElement? ReadValue(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.Clone() : null;

    private static void WriteValue(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is not { } given) return;
        writer.WritePropertyName(name);
        given.WriteTo(writer);
    }

    private static void WriteTime(Utf8JsonWriter writer, DateTimeOffset at) =>
        writer.WriteString("timestamp", JsonFields.Time(at));
}
