using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>A text as lines. Two lines are the same when their characters are, whatever ends them.</summary>
internal sealed class TextLines
{
    private readonly string _text;
    private readonly int[] _starts;
    private ulong[]? _prints;

    public TextLines(string text)
    {
        _text = text;
        var starts = new List<int> { 0 };
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('\n', at + 1)) starts.Add(at + 1);
        if (text.Length > 0) starts.Add(text.Length);
        _starts = [.. starts];
    }

    public int Count => _starts.Length - 1;

    /// <summary>A print of each line, by which lines are compared (48 bits of SHA-256 of the line without its end).</summary>
    public IReadOnlyList<ulong> Prints => _prints ??= [.. Enumerable.Range(0, Count).Select(line => PrintOf(Content(line)))];

    /// <summary>Whether the lines end as on Windows.</summary>
    public bool EndsWithCarriageReturns => Count > 0 && Raw(0).EndsWith("\r\n");

    /// <summary>A line with what ends it.</summary>
    public ReadOnlySpan<char> Raw(int line) => _text.AsSpan(_starts[line].._starts[line + 1]);

    /// <summary>A line without what ends it.</summary>
    public ReadOnlySpan<char> Content(int line)
    {
        var raw = Raw(line);
        if (raw.EndsWith("\n")) raw = raw[..^1];
        return raw.EndsWith("\r") ? raw[..^1] : raw;
    }

    private static ulong PrintOf(ReadOnlySpan<char> line)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetByteCount(line);
        var bytes = length <= 512 ? stackalloc byte[512] : new byte[length];
        Encoding.UTF8.GetBytes(line, bytes);
        SHA256.HashData(bytes[..length], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest) >> 16;
    }
}
