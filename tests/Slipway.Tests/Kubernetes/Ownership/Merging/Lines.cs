using FsCheck;
using FsCheck.Fluent;
using Slipway.Kubernetes.Ownership.Merging;

namespace Slipway.Tests.Kubernetes.Ownership.Merging;

/// <summary>Texts for properties: few kinds of lines, so that they repeat, and edits of one another.</summary>
internal static class Lines
{
    public static Config Repeatable { get; } = Config.QuickThrowOnFailure.WithReplay(20260102, 7).WithMaxTest(1000).WithEndSize(40);

    /// <summary>A text and two edited versions of it.</summary>
    public static Arbitrary<string[][]> BaseAndTwoEdits { get; } =
        (from text in AnyLine.ListOf()
         from mine in Edit([.. text])
         from theirs in Edit([.. text])
         select new[] { [.. text], mine, theirs }).ToArbitrary();

    private static Gen<string> AnyLine => Gen.OneOf(
        Gen.Elements("", "---", "- name: a", "  value: b", "spec:"),
        Gen.Choose(0, 30).Select(number => $"line {number}"));

    public static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    public static IReadOnlyList<ulong> Prints(string text) => new TextLines(text).Prints;

    /// <summary>Edits lines in a few places.</summary>
    public static List<string> Apply(List<string> lines, (int At, int Kind, string Line) edit)
    {
        var at = lines.Count == 0 ? 0 : edit.At % lines.Count;
        if (edit.Kind == 0 || lines.Count == 0) lines.Insert(at, edit.Line);
        else if (edit.Kind == 1) lines.RemoveAt(at);
        else lines[at] = edit.Line;
        return lines;
    }

    private static Gen<string[]> Edit(string[] lines) =>
        from edits in (from at in Gen.Choose(0, 1000) from kind in Gen.Choose(0, 2) from line in AnyLine select (at, kind, line)).ListOf(4)
        select edits.Aggregate(lines.ToList(), Apply, list => list.ToArray());
}
