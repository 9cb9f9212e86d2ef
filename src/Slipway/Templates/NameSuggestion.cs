namespace Slipway.Templates;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NameSuggestion
{
    /// <summary>The closest candidate by edits, or null when none is close.</summary>
    public static string? Closest(string name, IEnumerable<string> candidates)
    {
        var most = Math.Max(1, name.Length / 3);
        return candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate, most + 1)))
            .Where(pair => pair.Distance <= most)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    private static int Distance(string one, string other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) >= limit) return limit;
        var previous = new int[other.Length + 1];
        var current = new int[other.Length + 1];
        for (var at = 0; at <= other.Length; at++) previous[at] = at;
        for (var row = 1; row <= one.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var change = char.ToLowerInvariant(one[row - 1]) == char.ToLowerInvariant(other[column - 1]) ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[other.Length];
    }
}
