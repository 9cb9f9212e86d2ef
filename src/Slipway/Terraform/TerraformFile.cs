using System.Text;
using System.Text.Unicode;
using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Terraform;

/// <summary>Reads the text of a file of outputs or of a state and refuses what cannot be one before it is parsed.</summary>
internal static class TerraformFile
{
    /// <summary>Larger files are refused without being read.</summary>
    public const long MaximumSize = 64 * 1024 * 1024;

    public static byte[]? Read(IFileSystem files, string path, string label, ICollection<Diagnostic> problems)
    {
        try
        {
            if (!files.FileExists(path))
            {
                problems.Add(TerraformDiagnostics.NoSuchSource(label, "file"));
                return null;
            }

            var size = files.GetSize(path);
            if (size <= MaximumSize) return ToUtf8(files.ReadAllBytes(path), label, problems);
            problems.Add(TerraformDiagnostics.TooLarge(label, size));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(TerraformDiagnostics.Unreadable(label, exception.Message));
        }

        return null;
    }

    /// <summary>Plain UTF-8 without a byte order mark, or null with a problem. PowerShell's <c>&gt;</c> writes UTF-16, which is read as well.</summary>
    public static byte[]? ToUtf8(byte[] content, string label, ICollection<Diagnostic> problems)
    {
        var text = content switch
        {
            [0xEF, 0xBB, 0xBF, ..] => content[3..],
            [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(content, 2, content.Length - 2)),
            [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(content, 2, content.Length - 2)),
            _ => content,
        };
        if (text.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            problems.Add(TerraformDiagnostics.NotJson(label, "the file is empty", "write it with `terraform output -json`"));
            return null;
        }

        if (!text.AsSpan().Contains((byte)0) && Utf8.IsValid(text)) return text;
        problems.Add(TerraformDiagnostics.NotJson(label, "the file is binary, not JSON", "name a file of `terraform output -json` or a state file"));
        return null;
    }
}
