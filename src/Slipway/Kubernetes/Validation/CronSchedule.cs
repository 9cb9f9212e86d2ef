using System.Globalization;

namespace Slipway.Kubernetes.Validation;

/// <summary>Checks the schedule of a CronJob: five fields, or a macro.</summary>
internal static class CronSchedule
{
    private static readonly (string Name, int First, int Last, string[] Names)[] Fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day of the month", 1, 31, []),
        ("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        ("day of the week", 0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>What is wrong with a schedule; null when nothing is.</summary>
    public static string? Problem(string schedule)
    {
        if (schedule.StartsWith('@'))
            return schedule is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly" || schedule.StartsWith("@every ", StringComparison.Ordinal)
                ? null : $"'{schedule}' is no macro";
        if (schedule.Contains("TZ", StringComparison.Ordinal)) return "the time zone does not belong in the schedule";
        var words = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != Fields.Length) return $"it has {words.Length} fields where 5 are needed";
        for (var at = 0; at < words.Length; at++)
        {
            foreach (var part in words[at].Split(','))
            {
                if (!IsPart(part, Fields[at].First, Fields[at].Last, Fields[at].Names)) return $"'{words[at]}' is no {Fields[at].Name}";
            }
        }

        return null;
    }

    private static bool IsPart(string part, int first, int last, string[] names)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!int.TryParse(part.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var step) || step == 0) return false;
            part = part[..slash];
        }

        if (part is "*" or "?") return true;
        var dash = part.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return Number(part, first, last, names) is not null;
        return Number(part[..dash], first, last, names) is { } from && Number(part[(dash + 1)..], first, last, names) is { } to && from <= to;
    }

    private static int? Number(string text, int first, int last, string[] names)
    {
        var named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0) return named + first;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= first && number <= last ? number : null;
    }
}
