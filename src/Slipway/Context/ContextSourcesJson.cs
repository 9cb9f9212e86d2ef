using System.Text.Encodings.Web;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>The form of <see cref="ContextSources"/> on disk. The same sources give the same bytes.</summary>
internal static class ContextSourcesJson
{
    private const int Format = 1;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ContextSources sources)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteStartArray("inputs");
            foreach (var input in sources.Inputs)
            {
                json.WriteStartObject();
                json.WriteString("name", input.Name);
                json.WriteString("sha256", input.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("values");
            foreach (var file in sources.Entries.GroupBy(entry => entry.File, StringComparer.Ordinal))
            {
                json.WriteStartObject(file.Key);
                foreach (var (_, path, hash, source) in file) WriteEntry(json, path, hash, source);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads the sources.</summary>
    /// <exception cref="JsonException">The text is damaged or of another version.</exception>
    public static ContextSources Read(ReadOnlyMemory<byte> text)
    {
        using var json = JsonDocument.Parse(text);
        try
        {
            var root = json.RootElement;
            if (root.GetProperty("format").GetInt32() != Format) throw new JsonException("it was written by another version of Slipway");
            var inputs = root.GetProperty("inputs").EnumerateArray()
                .Select(input => new ContextInput(input.GetProperty("name").GetString()!, input.GetProperty("sha256").GetString()!));
            var sources = new ContextSources { Inputs = [.. inputs] };
            foreach (var file in root.GetProperty("values").EnumerateObject())
            {
                foreach (var entry in file.Value.EnumerateObject())
                    sources.Add(file.Name, entry.Name, entry.Value.GetProperty("hash").GetString()!, ReadSource(entry.Value));
            }

            return sources;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JsonException("it has another form than expected", exception);
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, string path, string hash, Provenance source)
    {
        json.WriteStartObject(path);
        json.WriteString("hash", hash);
        json.WriteString("kind", source.Kind.ToString().ToLowerInvariant());
        json.WriteString("origin", source.Origin);
        if (source.Place is { } place)
        {
            if (place.File is { } file) json.WriteString("file", file);
            if (place.Line is { } line) json.WriteNumber("line", line);
            if (place.Column is { } column) json.WriteNumber("column", column);
            if (place.Path is { } inner) json.WriteString("path", inner);
        }

        json.WriteEndObject();
    }

    private static Provenance ReadSource(JsonElement entry)
    {
        var file = Text(entry, "file");
        var path = Text(entry, "path");
        var line = Number(entry, "line");
        var place = file is null && path is null && line is null ? null : new SourcePlace(file, line, Number(entry, "column"), path);
        var kind = Enum.Parse<ProvenanceKind>(entry.GetProperty("kind").GetString()!, ignoreCase: true);
        return new Provenance(kind, entry.GetProperty("origin").GetString()!, place);
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
