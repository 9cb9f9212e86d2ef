using System.Security.Cryptography;
using System.Text.Json;

namespace Slipway.Workspace;

/// <summary>What a transaction is about to do, written down before it does any of it.</summary>
internal sealed record TransactionIntent
{
    private const int Format = 1;

    /// <summary>The folders to be made, those above first.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>The files to be written or removed; a file's number in the staging area is its place here.</summary>
    public required IReadOnlyList<Entry> Entries { get; init; }

    /// <summary>Whether it must outlive a loss of power.</summary>
    public bool IsDurable { get; init; }

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is damaged or of another version.</exception>
    public static TransactionIntent Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.GetProperty("format").GetInt32() != Format) throw new JsonException("it was written by another version");
            return new TransactionIntent
            {
                Folders = [.. root.GetProperty("folders").EnumerateArray().Select(folder => folder.GetString()!)],
                Entries =
                [
                    .. root.GetProperty("entries").EnumerateArray().Select(entry => new Entry(
                        entry.GetProperty("path").GetString()!,
                        entry.GetProperty("before").GetString(),
                        entry.GetProperty("after").GetString())),
                ],
            };
        }
        catch (Exception damaged) when (damaged is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("it is damaged", damaged);
        }
    }

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteStartArray("folders");
            foreach (var folder in Folders) json.WriteStringValue(folder);
            json.WriteEndArray();
            json.WriteStartArray("entries");
            foreach (var entry in Entries)
            {
                json.WriteStartObject();
                json.WriteString("path", entry.Path);
                json.WriteString("before", entry.Before);
                json.WriteString("after", entry.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>One file.</summary>
    /// <param name="Path">Its path in the tree.</param>
    /// <param name="Before">The hash of what is there, or null when nothing is.</param>
    /// <param name="After">The hash of what is to be there, or null when it is to be removed.</param>
    internal sealed record Entry(string Path, string? Before, string? After);
}
