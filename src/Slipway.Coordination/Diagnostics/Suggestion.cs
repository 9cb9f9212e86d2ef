namespace Slipway.Coordination.Diagnostics;

/// <summary>Finds what somebody may have meant.</summary>
public static class Suggestion
{
    /// <summary>The candidate nearest to a word, or null when none is near (at most a third of the letters differ, three at most).</summary>
    public static string? Closest(string word, IEnumerable<string> candidates) => Near(word, candidates, 1) is [var nearest] ? nearest : null;

    /// <summary>The candidates near to a word, the nearest first; those that hold it, or are held by it, count as near.</summary>
    public static IReadOnlyList<string> Near(string word, IEnumerable<string> candidates, int limit) =>
    [
        .. candidates
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= Math.Min(3, Math.Max(1, word.Length / 3)) || Holds(word, pair.candidate))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(limit)
            .Select(pair => pair.candidate),
    ];

    /// <summary>A fix that names the nearest candidate, or all of them when none is near.</summary>
    public static string Fix(string word, IReadOnlyCollection<string> candidates)
    {
        if (Closest(word, candidates) is { } close) return $"did you mean '{close}'?";
        return candidates.Count == 0 ? "remove it" : $"use one of {string.Join(", ", candidates)}";
    }

    private static bool Holds(string word, string candidate) =>
        Math.Min(word.Length, candidate.Length) >= 4
        && (candidate.Contains(word, StringComparison.OrdinalIgnoreCase) || word.Contains(candidate, StringComparison.OrdinalIgnoreCase));

    // Optimal string alignment: insertions, deletions, replacements and swapped neighbours; letter case is free.
    private static int Distance(string left, string right)
    {
        var a = left.ToLowerInvariant();
        var b = right.ToLowerInvariant();
        var before = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var next = new int[b.Length + 1];
            next[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                next[j] = Math.Min(Math.Min(next[j - 1] + 1, row[j] + 1), row[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, row) = (row, next);
        }

        return row[b.Length];
    }
}
