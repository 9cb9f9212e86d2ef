using System.Globalization;
using System.Text;

namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>Writes the change of a file as a unified diff that <c>git apply</c> takes.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The diff, empty when nothing changes.</summary>
    /// <param name="path">The file's path with forward slashes.</param>
    /// <param name="oldText">The text that is there; null when the file is made.</param>
    /// <param name="newText">The text that will be there; null when the file is removed.</param>
    public static string Write(string path, string? oldText, string? newText)
    {
        if (oldText == newText) return "";
        var result = new StringBuilder();
        result.Append("diff --git ").Append(Name("a/" + path)).Append(' ').Append(Name("b/" + path)).Append('\n');
        if (oldText is null) result.Append("new file mode 100644\n");
        if (newText is null) result.Append("deleted file mode 100644\n");
        var (old, @new) = (new TextLines(oldText ?? ""), new TextLines(newText ?? ""));
        var hunks = LineDiff.Compare(RawPrints(old), RawPrints(@new));
        if (hunks.Count == 0) return result.ToString();

        result.Append("--- ").Append(oldText is null ? "/dev/null" : Header("a/" + path)).Append('\n');
        result.Append("+++ ").Append(newText is null ? "/dev/null" : Header("b/" + path)).Append('\n');
        for (var first = 0; first < hunks.Count;)
        {
            var last = first;
            while (last + 1 < hunks.Count && hunks[last + 1].OldStart - hunks[last].OldEnd <= 2 * Context) last++;
            WriteGroup(result, old, @new, hunks, first, last);
            first = last + 1;
        }

        return result.ToString();
    }

    // What ends a line counts here, unlike in a merge: git compares bytes.
    private static ulong[] RawPrints(TextLines text)
    {
        var prints = new ulong[text.Count];
        for (var line = 0; line < prints.Length; line++)
        {
            var end = text.Raw(line).Length - text.Content(line).Length;
            prints[line] = (text.Prints[line] << 2) | (uint)end;
        }

        return prints;
    }

    private static void WriteGroup(StringBuilder result, TextLines old, TextLines @new, IReadOnlyList<Hunk> hunks, int first, int last)
    {
        var before = Math.Min(Context, hunks[first].OldStart);
        var after = Math.Min(Context, old.Count - hunks[last].OldEnd);
        result.Append("@@ -").Append(Range(hunks[first].OldStart - before, hunks[last].OldEnd + after));
        result.Append(" +").Append(Range(hunks[first].NewStart - before, hunks[last].NewEnd + after)).Append(" @@\n");
        var line = hunks[first].OldStart - before;
        for (var number = first; number <= last; number++)
        {
            var hunk = hunks[number];
            for (; line < hunk.OldStart; line++) WriteLine(result, ' ', old, line);
            for (; line < hunk.OldEnd; line++) WriteLine(result, '-', old, line);
            for (var added = hunk.NewStart; added < hunk.NewEnd; added++) WriteLine(result, '+', @new, added);
        }

        for (var end = line + after; line < end; line++) WriteLine(result, ' ', old, line);
    }

    private static string Range(int start, int end)
    {
        var count = end - start;
        var from = count == 0 ? start : start + 1;
        return count == 1 ? from.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{from},{count}");
    }

    private static void WriteLine(StringBuilder result, char mark, TextLines text, int line)
    {
        var raw = text.Raw(line);
        result.Append(mark).Append(raw);
        if (!raw.EndsWith("\n")) result.Append("\n\\ No newline at end of file\n");
    }

    // Git ends a name that holds a space with a tab, and quotes what is not ASCII.
    private static string Header(string name) => Name(name) is var quoted && quoted.Contains(' ', StringComparison.Ordinal) && quoted[0] != '"' ? quoted + "\t" : quoted;

    private static string Name(string name)
    {
        if (!name.Any(letter => letter is '"' or '\\' || letter < ' ' || letter > '~')) return name;
        var quoted = new StringBuilder("\"");
        foreach (var part in Encoding.UTF8.GetBytes(name))
        {
            if (part is (byte)'"' or (byte)'\\') quoted.Append('\\').Append((char)part);
            else if (part is < 32 or > 126) quoted.Append('\\').Append(Convert.ToString(part, 8).PadLeft(3, '0'));
            else quoted.Append((char)part);
        }

        return quoted.Append('"').ToString();
    }
}
