using FsCheck;
using FsCheck.Fluent;
using Slipway.Kubernetes.Ownership.Merging;

namespace Slipway.Tests.Kubernetes.Ownership.Merging;

public sealed class LineDiffTests
{
    [Fact]
    public void Compare_AnyTwoTexts_HunksMakeTheNewOutOfTheOld() => Check.One(
        Lines.Repeatable,
        Prop.ForAll(Lines.BaseAndTwoEdits, texts => Apply(texts[1], texts[2], Compare(texts[1], texts[2])).SequenceEqual(texts[2])));

    [Fact]
    public void Compare_AnyTwoTexts_HunksAreApartAndNotEmpty() => Check.One(
        Lines.Repeatable,
        Prop.ForAll(Lines.BaseAndTwoEdits, texts =>
        {
            var hunks = Compare(texts[1], texts[2]);
            return hunks.All(hunk => hunk.OldStart < hunk.OldEnd || hunk.NewStart < hunk.NewEnd)
                && hunks.Zip(hunks.Skip(1)).All(pair => pair.First.OldEnd < pair.Second.OldStart && pair.First.NewEnd < pair.Second.NewStart);
        }));

    [Fact]
    public void Compare_EqualTexts_HasNoHunks() => Check.One(
        Lines.Repeatable, Prop.ForAll(Lines.BaseAndTwoEdits, texts => Compare(texts[0], texts[0]).Count == 0));

    [Fact]
    public void Compare_BlockInsertedBetweenLikeBlocks_IsOneHunk()
    {
        string[] old = ["a:", "  - name: x", "    value: 1", "  - name: y", "    value: 1", "end"];
        string[] @new = ["a:", "  - name: x", "    value: 1", "  - name: z", "    value: 1", "  - name: y", "    value: 1", "end"];

        Assert.Single(Compare(old, @new));
    }

    [Fact]
    public void Compare_LargeTextsWithNothingUnique_Ends()
    {
        var random = new Random(7);
        string[] old = [.. Enumerable.Range(0, 20_000).Select(_ => random.Next(2) == 0 ? "a" : "b")];
        string[] @new = [.. Enumerable.Range(0, 20_000).Select(_ => random.Next(2) == 0 ? "a" : "b")];

        Assert.Equal(@new, Apply(old, @new, Compare(old, @new)));
    }

    [Fact]
    public void Compare_LargeTextsWithNothingInCommon_IsOneHunk()
    {
        string[] old = [.. Enumerable.Range(0, 50_000).Select(number => $"a{number}")];
        string[] @new = [.. Enumerable.Range(0, 50_000).Select(number => $"b{number}")];

        Assert.Equal([new Hunk(0, 50_000, 0, 50_000)], Compare(old, @new));
    }

    private static IReadOnlyList<Hunk> Compare(string[] old, string[] @new) =>
        LineDiff.Compare(Lines.Prints(Lines.Text(old)), Lines.Prints(Lines.Text(@new)));

    private static List<string> Apply(string[] old, string[] @new, IReadOnlyList<Hunk> hunks)
    {
        var result = new List<string>();
        var at = 0;
        foreach (var hunk in hunks)
        {
            result.AddRange(old[at..hunk.OldStart]);
            result.AddRange(@new[hunk.NewStart..hunk.NewEnd]);
            at = hunk.OldEnd;
        }

        result.AddRange(old[at..]);
        return result;
    }
}
