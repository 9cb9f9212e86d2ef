using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Coordination.Serialization;

/// <summary>What all JSON forms of the library say alike: texts, times, durations, values as they were given, and what a missing property means.</summary>
internal static class JsonFields
{
    /// <summary>As deep as a writer goes by itself; inputs and outputs lie some levels down.</summary>
    public const int DeepestNesting = 1000;

    public static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = DeepestNesting };

    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON made by writing it.</summary>
    public static JsonElement Make(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions)) write(writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory, ReaderOptions);
        return document.RootElement.Clone();
    }

    /// <summary>A time as text: ISO 8601, UTC, milliseconds.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static long Milliseconds(TimeSpan duration) => (long)duration.TotalMilliseconds;

    public static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++) writer.WriteStringValue(texts[i]);
        writer.WriteEndArray();
    }

    /// <summary>Writes a value as it was given; nothing for one that is undefined.</summary>
    public static void WriteElement(Utf8JsonWriter writer, string name, JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Undefined) return;
        writer.WritePropertyName(name);
        element.WriteTo(writer);
    }

    public static JsonElement Required(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value : throw new JsonException($"The property '{name}' is missing.");

    public static string Text(JsonElement json, string name) =>
        Required(json, name).GetString() ?? throw new JsonException($"The property '{name}' is null.");

    public static string? OptionalText(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static DateTimeOffset? OptionalTime(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetDateTimeOffset() : null;

    public static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.GetBoolean();

    public static IReadOnlyList<string> ReadTexts(JsonElement json, string name) =>
        [.. Required(json, name).EnumerateArray().Select(text => text.GetString() ?? throw new JsonException($"An item of '{name}' is null."))];

    /// <summary>A value that outlives its document; undefined where there is none.</summary>
    public static JsonElement ReadElement(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.Clone() : default;

    public static TimeSpan Duration(JsonElement milliseconds) => TimeSpan.FromMilliseconds(milliseconds.GetInt64());
}
