using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Storage.Stores;

/// <summary>Small JSON in columns.</summary>
internal static class StoredJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a value; null for one that is undefined.</summary>
    public static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.Undefined ? null : value.GetRawText();

    /// <summary>The value of a text; undefined for null.</summary>
    public static JsonElement Value(string? text)
    {
        if (text is null) return default;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static string Names(IReadOnlyList<string> names)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            writer.WriteStartArray();
            foreach (var name in names) writer.WriteStringValue(name);
            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static IReadOnlyList<string> Names(string text) => [.. Value(text).EnumerateArray().Select(name => name.GetString()!)];
}
