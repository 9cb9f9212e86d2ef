using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Actions;

/// <summary>Reads text that users write.</summary>
/// <param name="files">The disk.</param>
internal sealed class TextFiles(IFileSystem files)
{
    /// <summary>The code of a file that cannot be read.</summary>
    public const string UnreadableCode = "SLW1005";

    private const long MaximumSize = 64L << 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The file's name for the user.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>The text without byte order mark, or null with a diagnostic.</returns>
    public string? Read(string path, string name, ICollection<Diagnostic> problems)
    {
        try
        {
            if (files.DirectoryExists(path)) return Refuse("it is a folder", "name a file");
            if (!files.FileExists(path)) return Refuse("it does not exist", "make it, or name another file");
            if (files.GetSize(path) > MaximumSize) return Refuse($"it is larger than {MaximumSize >> 20} MiB", "name the right file");
            var bytes = files.ReadAllBytes(path).AsSpan();
            if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return Refuse("it is text in UTF-16", "save it as UTF-8");
            if (bytes.Contains((byte)0)) return Refuse("it is binary, not text", "name a text file");
            return Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            return Refuse("it is not text in UTF-8", "name a text file, or save it as UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse(exception.Message.TrimEnd('.'), "make it readable");
        }

        string? Refuse(string why, string fix)
        {
            problems.Add(new Diagnostic { Code = UnreadableCode, Summary = $"the file cannot be read: {why}", Place = new SourcePlace(name), Fix = fix });
            return null;
        }
    }
}
