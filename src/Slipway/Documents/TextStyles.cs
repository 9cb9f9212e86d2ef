using System.Buffers;

namespace Slipway.Documents;

/// <summary>Which style a text may be written in without any reader taking it for something else.</summary>
internal static class TextStyles
{
    private static readonly SearchValues<char> NeverFirst = SearchValues.Create("-?:,[]{}#&*!|>'\"%@` \t=<~");

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@+=%()$ ,;<>*&!?^~|'\"\\#{}[]");

    private static readonly SearchValues<char> Delimiters = SearchValues.Create("{}[],");

    /// <summary>True when the text may stand without quotes.</summary>
    public static bool CanBePlain(string value) =>
        value.Length > 0
        && !NeverFirst.Contains(value[0])
        && value[^1] is not (' ' or ':')
        && !value.StartsWith("...", StringComparison.Ordinal)
        && value.AsSpan().IndexOfAnyExcept(PlainCharacters) < 0
        && value.AsSpan().IndexOfAny(Delimiters) < 0
        && !value.Contains(": ", StringComparison.Ordinal)
        && !value.Contains(" #", StringComparison.Ordinal)
        && !PlainScalars.IsAmbiguous(value);

    /// <summary>True when the text has several lines and may stand as a literal block.</summary>
    public static bool CanBeLiteral(string value)
    {
        if (!value.Contains('\n', StringComparison.Ordinal) || value[0] is '\n' or ' ' or '\t') return false;
        var content = value.AsSpan().TrimEnd('\n');
        if (content.IsEmpty) return false;

        // Some readers guess types in blocks too.
        if (!content.Contains('\n') && PlainScalars.IsAmbiguous(content.ToString())) return false;
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value is not '\n' and not '\t' && rune.Value is < 0x20 or 0x7f or (>= 0x80 and < 0xa0) or 0x2028 or 0x2029 or 0xfeff or 0xfffd or 0xfffe or 0xffff)
                return false;
        }

        foreach (var line in value.AsSpan().EnumerateLines())
        {
            // A line of blanks only, or with blanks at its end, is legal but does not survive editors.
            if (line.Length > 0 && line[^1] is ' ' or '\t') return false;
        }

        return true;
    }
}
