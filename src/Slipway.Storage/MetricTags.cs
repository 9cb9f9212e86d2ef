using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Storage;

/// <summary>Tags as stores keep them: a JSON object of texts.</summary>
internal static class MetricTags
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlySpan<byte> ToJson(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0) return "{}"u8;
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        foreach (var (name, value) in tags) writer.WriteString(Storable(name), Storable(value));
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan;
    }

    /// <summary>PostgreSQL stores every character but one.</summary>
    public static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
