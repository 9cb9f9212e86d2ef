using FsCheck;
using FsCheck.Fluent;
using Slipway.Kubernetes.Ownership.Merging;

namespace Slipway.Tests.Kubernetes.Ownership.Merging;

public sealed class ThreeWayMergeTests
{
    private const string Base = """
        apiVersion: apps/v1
        kind: Deployment
        spec:
          replicas: 3
          template:
            containers:
              - name: api
                image: api
                resources:
                  requests:
                    cpu: 100m
                    memory: 128Mi

        """;

    [Fact]
    public void Merge_OnlyThePersonChanged_IsThePersonsText() => Hold((@base, mine, _) => Merge(@base, mine, @base) == (mine, 0));

    [Fact]
    public void Merge_OnlyTheGeneratorChanged_IsTheNewText() => Hold((@base, _, theirs) => Merge(@base, @base, theirs) == (theirs, 0));

    [Fact]
    public void Merge_BothMadeTheSameChange_IsThatText() => Hold((@base, mine, _) => Merge(@base, mine, mine) == (mine, 0));

    [Fact]
    public void Merge_NothingChanged_IsTheText() => Hold((@base, _, _) => Merge(@base, @base, @base) == (@base, 0));

    [Fact]
    public void Merge_AnyChanges_HasEveryLineFromOneOfTheSides() => Hold((@base, mine, theirs) =>
    {
        var known = (mine + theirs).Split('\n').ToHashSet(StringComparer.Ordinal);
        return Merge(@base, mine, theirs).Text.Split('\n').All(known.Contains);
    });

    [Fact]
    public void Merge_AnyChanges_ConflictsOnlyWhereBothChanged() => Hold((@base, mine, theirs) =>
        Merge(@base, mine, theirs).Conflicts <= Math.Min(Hunks(@base, mine), Hunks(@base, theirs)));

    [Fact]
    public void Merge_ChangesFarApart_HasBoth() => Hold((before, mine, theirs) =>
    {
        var middle = string.Concat(Enumerable.Range(0, 5).Select(number => $"middle {number}\n"));
        return Merge(before + middle + before, mine + middle + before, before + middle + theirs) == (mine + middle + theirs, 0);
    });

    [Fact]
    public void Merge_CommentAndIndentOfAPerson_Stay()
    {
        var mine = Base.Replace("  replicas: 3", "  # more for the sale\n  replicas:   5", StringComparison.Ordinal);
        var theirs = Base.Replace("128Mi", "256Mi", StringComparison.Ordinal);

        Assert.Equal((mine.Replace("128Mi", "256Mi", StringComparison.Ordinal), 0), Merge(Base, mine, theirs));
    }

    [Fact]
    public void Merge_ChangesOfNeighbouringLines_AreBothTaken()
    {
        var mine = Base.Replace("100m", "200m", StringComparison.Ordinal);
        var theirs = Base.Replace("128Mi", "256Mi", StringComparison.Ordinal);

        Assert.Equal((mine.Replace("128Mi", "256Mi", StringComparison.Ordinal), 0), Merge(Base, mine, theirs));
    }

    [Fact]
    public void Merge_SameLineChangedDifferently_KeepsThePersonsAndTellsThePlace()
    {
        var mine = "# mine\n" + Base.Replace("replicas: 3", "replicas: 5", StringComparison.Ordinal);
        var theirs = Base.Replace("replicas: 3", "replicas: 4", StringComparison.Ordinal).Replace("128Mi", "256Mi", StringComparison.Ordinal);

        var result = ThreeWayMerge.Merge(Lines.Prints(Base), mine, theirs);

        Assert.Equal(mine.Replace("128Mi", "256Mi", StringComparison.Ordinal), result.Text);
        Assert.Equal(new MergeConflict(5, 1, 4, 1), Assert.Single(result.Conflicts));
    }

    [Fact]
    public void Merge_RemovedByThePersonAndChangedByTheGenerator_IsAConflict()
    {
        var mine = Base.Replace("  replicas: 3\n", "", StringComparison.Ordinal);
        var theirs = Base.Replace("replicas: 3", "replicas: 4", StringComparison.Ordinal);

        var result = ThreeWayMerge.Merge(Lines.Prints(Base), mine, theirs);

        Assert.Equal(mine, result.Text);
        Assert.Equal(new MergeConflict(4, 0, 4, 1), Assert.Single(result.Conflicts));
    }

    [Fact]
    public void Merge_DifferentInsertionsAtOnePlace_IsAConflict()
    {
        var mine = Base.Replace("    containers:\n", "    containers:\n      - name: mine\n", StringComparison.Ordinal);
        var theirs = Base.Replace("    containers:\n", "    containers:\n      - name: theirs\n", StringComparison.Ordinal);

        var result = ThreeWayMerge.Merge(Lines.Prints(Base), mine, theirs);

        Assert.Equal(mine, result.Text);
        Assert.Single(result.Conflicts);
    }

    [Fact]
    public void Merge_ThePersonsFileHasWindowsLineEnds_KeepsThem()
    {
        var mine = Base.Replace("replicas: 3", "replicas: 5", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        var theirs = Base.Replace("128Mi", "256Mi", StringComparison.Ordinal) + "added: true\n";

        var (text, conflicts) = Merge(Base, mine, theirs);

        Assert.Equal(0, conflicts);
        Assert.Equal(mine.Replace("128Mi", "256Mi", StringComparison.Ordinal) + "added: true\r\n", text);
    }

    [Fact]
    public void Merge_ThePersonsFileHasNoFinalLineEnd_IsStillLines()
    {
        Assert.Equal(("A\nb\nc\n", 0), Merge("a\nb\n", "A\nb", "a\nb\nc\n"));
        Assert.Equal(("a", 0), Merge("a\n", "a", "a\n"));
    }

    private static (string Text, int Conflicts) Merge(string @base, string mine, string theirs)
    {
        var result = ThreeWayMerge.Merge(Lines.Prints(@base), mine, theirs);
        return (result.Text, result.Conflicts.Count);
    }

    private static int Hunks(string old, string @new) => LineDiff.Compare(Lines.Prints(old), Lines.Prints(@new)).Count;

    private static void Hold(Func<string, string, string, bool> property) => Check.One(
        Lines.Repeatable,
        Prop.ForAll(Lines.BaseAndTwoEdits, texts => property(Lines.Text(texts[0]), Lines.Text(texts[1]), Lines.Text(texts[2]))));
}
