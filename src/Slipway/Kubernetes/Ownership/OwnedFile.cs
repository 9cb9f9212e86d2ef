using System.Buffers.Text;
using Slipway.Kubernetes.Ownership.Merging;

namespace Slipway.Kubernetes.Ownership;

/// <summary>What is recorded of one generated file.</summary>
/// <param name="Generated">The hash of the text that was generated last.</param>
/// <param name="Lines">The prints of its lines, packed in base64: the ancestor for three-way merges.</param>
internal sealed record OwnedFile(string Generated, string Lines)
{
    private const int PrintLength = 6;

    /// <summary>The hash of what stood on disk when it was last published, when that is not what was generated.</summary>
    public string? Published { get; init; }

    /// <summary>Whether a side file waits for a person.</summary>
    public bool HasConflict { get; init; }

    /// <summary>The record of a newly generated text; takes over the lines of an earlier one when the text is the same.</summary>
    public static OwnedFile Of(DiskText generated, OwnedFile? earlier) =>
        earlier?.Generated == generated.Hash ? new OwnedFile(generated.Hash, earlier.Lines) : new OwnedFile(generated.Hash, Pack(generated.Text!));

    /// <summary>Whether <see cref="Lines"/> can be unpacked.</summary>
    public bool IsWhole => Base64.IsValid(Lines, out var length) && length % PrintLength == 0;

    /// <summary>The prints of the lines.</summary>
    public ulong[] UnpackLines()
    {
        var bytes = Convert.FromBase64String(Lines);
        var prints = new ulong[bytes.Length / PrintLength];
        for (var at = 0; at < bytes.Length; at++) prints[at / PrintLength] = (prints[at / PrintLength] << 8) | bytes[at];
        return prints;
    }

    private static string Pack(string text)
    {
        var prints = new TextLines(text).Prints;
        var bytes = new byte[prints.Count * PrintLength];
        for (var at = 0; at < bytes.Length; at++) bytes[at] = (byte)(prints[at / PrintLength] >> (8 * (PrintLength - 1 - (at % PrintLength))));
        return Convert.ToBase64String(bytes);
    }
}
