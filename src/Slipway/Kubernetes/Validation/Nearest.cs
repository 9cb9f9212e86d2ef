namespace Slipway.Kubernetes.Validation;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class Nearest
{
    /// <summary>The candidate that is the fewest edits away, if that is few enough for the length of the word.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var distance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (candidate.Equals(word, StringComparison.OrdinalIgnoreCase)) return candidate;
            if (Math.Abs(candidate.Length - word.Length) >= distance) continue;
            var found = Distance(word, candidate);
            if (found >= distance) continue;
            (best, distance) = (candidate, found);
        }

        return best;
    }

    // Edit distance in which a swap of neighbours counts once.
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++) table[row, 0] = row;
        for (var column = 0; column <= right.Length; column++) table[0, column] = column;
        for (var row = 1; row <= left.Length; row++)
        {
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = left[row - 1] == right[column - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(table[row - 1, column] + 1, table[row, column - 1] + 1), table[row - 1, column - 1] + cost);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                    least = Math.Min(least, table[row - 2, column - 2] + 1);
                table[row, column] = least;
            }
        }

        return table[left.Length, right.Length];
    }
}
