namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>Myers' greedy comparison of one gap. Gives up on gaps with more edits than allowed, leaving them unmatched.</summary>
internal sealed class GreedyMatcher(int[] old, int[] @new, int[] matches, int maximumEdits)
{
    public void Match(Hunk gap)
    {
        // A line that the other side has not cannot be matched; leaving such lines out keeps the search short and changes nothing.
        var inNew = new HashSet<int>(@new[gap.NewStart..gap.NewEnd]);
        var inOld = new HashSet<int>(old[gap.OldStart..gap.OldEnd]);
        var oldLines = Enumerable.Range(gap.OldStart, gap.OldEnd - gap.OldStart).Where(line => inNew.Contains(old[line])).ToArray();
        var newLines = Enumerable.Range(gap.NewStart, gap.NewEnd - gap.NewStart).Where(line => inOld.Contains(@new[line])).ToArray();
        if (oldLines.Length == 0 || newLines.Length == 0) return;
        Search(oldLines, newLines);
    }

    private void Search(int[] oldLines, int[] newLines)
    {
        var limit = Math.Min(oldLines.Length + newLines.Length, maximumEdits);
        var furthest = new int[(2 * limit) + 3];
        var middle = limit + 1;
        var trace = new List<int[]>();
        for (var edits = 0; edits <= limit; edits++)
        {
            trace.Add(furthest[(middle - edits - 1)..(middle + edits + 2)]);
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var fromAbove = diagonal == -edits || (diagonal != edits && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]);
                var x = fromAbove ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1;
                while (x < oldLines.Length && x - diagonal < newLines.Length && old[oldLines[x]] == @new[newLines[x - diagonal]]) x++;
                furthest[middle + diagonal] = x;
                if (x < oldLines.Length || x - diagonal < newLines.Length) continue;
                WalkBack(trace, oldLines, newLines);
                return;
            }
        }
    }

    private void WalkBack(List<int[]> trace, int[] oldLines, int[] newLines)
    {
        var (x, y) = (oldLines.Length, newLines.Length);
        for (var edits = trace.Count - 1; edits >= 0; edits--)
        {
            var furthest = trace[edits];
            var middle = edits + 1;
            var diagonal = x - y;
            var fromAbove = diagonal == -edits || (diagonal != edits && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1]);
            var startDiagonal = fromAbove ? diagonal + 1 : diagonal - 1;
            var startX = edits == 0 ? 0 : furthest[middle + startDiagonal];
            var startY = edits == 0 ? 0 : startX - startDiagonal;
            while (x > startX && y > startY) matches[oldLines[--x]] = newLines[--y];
            (x, y) = (startX, startY);
        }
    }
}
