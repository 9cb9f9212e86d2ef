using System.Security.Cryptography;
using System.Text;

namespace Slipway.Kubernetes.Ownership;

/// <summary>A file's content with its hash. The hash leaves out what version control and editors change by themselves: a byte order mark, CR before LF.</summary>
internal sealed class DiskText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lazy<string?> _text;

    public DiskText(byte[] bytes)
    {
        Bytes = bytes;
        _text = new Lazy<string?>(Decode);
        Hash = HashOf(bytes);
    }

    public DiskText(string text)
    {
        Bytes = Encoding.UTF8.GetBytes(text);
        _text = new Lazy<string?>(text);
        Hash = HashOf(Bytes);
    }

    public byte[] Bytes { get; }

    public string Hash { get; }

    /// <summary>The text, or null when it is not UTF-8.</summary>
    public string? Text => _text.Value;

    /// <summary>The text, with marks for what is not UTF-8; only to be shown.</summary>
    public string Shown => Text ?? Encoding.UTF8.GetString(Bytes);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static string HashOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ByteOrderMark)) bytes = bytes[3..];
        if (!bytes.Contains((byte)'\r')) return Convert.ToHexStringLower(SHA256.HashData(bytes));
        var plain = new byte[bytes.Length];
        var length = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] != '\r' || at + 1 == bytes.Length || bytes[at + 1] != '\n') plain[length++] = bytes[at];
        }

        return Convert.ToHexStringLower(SHA256.HashData(plain.AsSpan(0, length)));
    }

    private string? Decode()
    {
        try
        {
            return Strict.GetString(Bytes.AsSpan().StartsWith(ByteOrderMark) ? Bytes.AsSpan(3) : Bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
