namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>
/// The lines in which two texts differ. Lines that occur once in both are matched first (patience diff, by B. Cohen), because they
/// carry the meaning; the gaps between them are compared by E. Myers' greedy algorithm ("An O(ND) difference algorithm", 1986). The result is
/// right for any input, and short except for gaps that differ in more than <see cref="MaximumEdits"/> lines, which become one hunk.
/// </summary>
internal sealed class LineDiff
{
    private const int MaximumEdits = 1500;

    private readonly int[] _old;
    private readonly int[] _new;
    private readonly int[] _matches;

    private LineDiff(int[] old, int[] @new)
    {
        _old = old;
        _new = @new;
        _matches = new int[old.Length];
        Array.Fill(_matches, -1);
    }

    /// <summary>The hunks that make the new lines out of the old, in order; neighbours have a common line between them.</summary>
    /// <param name="oldPrints">What stands for each old line; equal for equal lines.</param>
    /// <param name="newPrints">What stands for each new line.</param>
    public static IReadOnlyList<Hunk> Compare(IReadOnlyList<ulong> oldPrints, IReadOnlyList<ulong> newPrints)
    {
        var numbers = new Dictionary<ulong, int>();
        var diff = new LineDiff(Number(oldPrints, numbers), Number(newPrints, numbers));
        diff.MatchGaps(numbers.Count);
        return diff.ToHunks();
    }

    private static int[] Number(IReadOnlyList<ulong> prints, Dictionary<ulong, int> numbers)
    {
        var result = new int[prints.Count];
        for (var line = 0; line < result.Length; line++)
        {
            if (!numbers.TryGetValue(prints[line], out var number)) numbers.Add(prints[line], number = numbers.Count);
            result[line] = number;
        }

        return result;
    }

    private void MatchGaps(int kinds)
    {
        var gaps = new Stack<Hunk>();
        var (oldCounts, newCounts, newAt) = (new int[kinds], new int[kinds], new int[kinds]);
        gaps.Push(new Hunk(0, _old.Length, 0, _new.Length));
        while (gaps.TryPop(out var gap))
        {
            gap = MatchEnds(gap);
            if (gap.OldStart == gap.OldEnd || gap.NewStart == gap.NewEnd) continue;
            var anchors = FindAnchors(gap, oldCounts, newCounts, newAt);
            if (anchors.Count == 0)
            {
                new GreedyMatcher(_old, _new, _matches, MaximumEdits).Match(gap);
                continue;
            }

            var (oldStart, newStart) = (gap.OldStart, gap.NewStart);
            foreach (var (oldLine, newLine) in anchors)
            {
                _matches[oldLine] = newLine;
                gaps.Push(new Hunk(oldStart, oldLine, newStart, newLine));
                (oldStart, newStart) = (oldLine + 1, newLine + 1);
            }

            gaps.Push(new Hunk(oldStart, gap.OldEnd, newStart, gap.NewEnd));
        }
    }

    private Hunk MatchEnds(Hunk gap)
    {
        var (oldStart, oldEnd, newStart, newEnd) = gap;
        while (oldStart < oldEnd && newStart < newEnd && _old[oldStart] == _new[newStart]) _matches[oldStart++] = newStart++;
        while (oldStart < oldEnd && newStart < newEnd && _old[oldEnd - 1] == _new[newEnd - 1]) _matches[--oldEnd] = --newEnd;
        return new Hunk(oldStart, oldEnd, newStart, newEnd);
    }

    private List<(int Old, int New)> FindAnchors(Hunk gap, int[] oldCounts, int[] newCounts, int[] newAt)
    {
        for (var line = gap.OldStart; line < gap.OldEnd; line++) oldCounts[_old[line]]++;
        for (var line = gap.NewStart; line < gap.NewEnd; line++)
        {
            newCounts[_new[line]]++;
            newAt[_new[line]] = line;
        }

        var common = new List<(int Old, int New)>();
        for (var line = gap.OldStart; line < gap.OldEnd; line++)
        {
            if (oldCounts[_old[line]] == 1 && newCounts[_old[line]] == 1) common.Add((line, newAt[_old[line]]));
        }

        for (var line = gap.OldStart; line < gap.OldEnd; line++) oldCounts[_old[line]] = 0;
        for (var line = gap.NewStart; line < gap.NewEnd; line++) newCounts[_new[line]] = 0;
        return LongestRising(common);
    }

    private static List<(int Old, int New)> LongestRising(List<(int Old, int New)> pairs)
    {
        var piles = new List<int>();
        var before = new int[pairs.Count];
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var (low, high) = (0, piles.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (pairs[piles[middle]].New < pairs[pair].New) low = middle + 1;
                else high = middle;
            }

            before[pair] = low == 0 ? -1 : piles[low - 1];
            if (low == piles.Count) piles.Add(pair);
            else piles[low] = pair;
        }

        var rising = new List<(int Old, int New)>(piles.Count);
        for (var pair = piles.Count == 0 ? -1 : piles[^1]; pair >= 0; pair = before[pair]) rising.Add(pairs[pair]);
        rising.Reverse();
        return rising;
    }

    private List<Hunk> ToHunks()
    {
        var hunks = new List<Hunk>();
        var (oldStart, newStart) = (0, 0);
        for (var line = 0; line <= _old.Length; line++)
        {
            if (line < _old.Length && _matches[line] < 0) continue;
            var match = line < _old.Length ? _matches[line] : _new.Length;
            if (oldStart < line || newStart < match) hunks.Add(new Hunk(oldStart, line, newStart, match));
            (oldStart, newStart) = (line + 1, match + 1);
        }

        return hunks;
    }
}
