using System.Text;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Terraform;

/// <summary>Finds line and column of a byte in a UTF-8 text. The line starts are found when the first place is asked for.</summary>
/// <param name="label">The file, or the directory Terraform ran in.</param>
/// <param name="text">The text.</param>
/// <param name="isFile">False for a program's output, where lines would mean nothing to the user.</param>
internal sealed class TextLines(string label, ReadOnlyMemory<byte> text, bool isFile)
{
    private int[]? _starts;

    public SourcePlace PlaceOf(int offset)
    {
        if (!isFile) return new SourcePlace(label);
        var starts = _starts ??= FindStarts();
        var line = Array.BinarySearch(starts, offset);
        if (line < 0) line = ~line - 1;
        var column = Encoding.UTF8.GetCharCount(text.Span[starts[line]..Math.Min(offset, text.Length)]) + 1;
        return new SourcePlace(label, line + 1, column);
    }

    private int[] FindStarts()
    {
        var starts = new List<int> { 0 };
        var span = text.Span;
        for (var at = 0; at < span.Length;)
        {
            var next = span[at..].IndexOf((byte)'\n');
            if (next < 0) break;
            at += next + 1;
            starts.Add(at);
        }

        return [.. starts];
    }
}
