using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Kubernetes.Formats;

/// <summary>Judges cron schedules as Kubernetes reads them: five fields, or <c>@daily</c> and its kin.</summary>
internal static partial class CronSchedule
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>What is wrong with a schedule, or null.</summary>
    public static string? Check(string text)
    {
        if (text is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly") return null;
        if (text.StartsWith("@every ", StringComparison.Ordinal)) return Span().IsMatch(text[7..]) ? null : "names no span of time after @every (write 1h30m)";
        if (text.StartsWith('@')) return "is no schedule (use @hourly, @daily, @weekly, @monthly, @yearly or five fields)";
        if (text.Contains("TZ", StringComparison.Ordinal)) return "names a time zone, which does not belong in the schedule";
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5) return $"has {fields.Length} fields where a schedule has five (minute hour day month weekday)";
        return CheckField(fields[0], "minute", 0, 59, [])
            ?? CheckField(fields[1], "hour", 0, 23, [])
            ?? CheckField(fields[2], "day", 1, 31, [])
            ?? CheckField(fields[3], "month", 1, 12, Months)
            ?? CheckField(fields[4], "weekday", 0, 6, Days);
    }

    private static string? CheckField(string field, string name, int minimum, int maximum, string[] names)
    {
        foreach (var part in field.Split(','))
        {
            var steps = part.Split('/');
            var fits = steps.Length <= 2
                && (steps.Length == 1 || (TryNumber(steps[1], out var step) && step > 0))
                && IsRange(steps[0], minimum, maximum, names);
            if (!fits) return $"has no valid {name} ('{part}'; {minimum} to {maximum}, lists, ranges and steps)";
        }

        return null;
    }

    private static bool IsRange(string text, int minimum, int maximum, string[] names)
    {
        if (text is "*" or "?") return true;
        var ends = text.Split('-');
        if (ends.Length > 2 || !TryEnd(ends[0], minimum, names, out var low) || !TryEnd(ends[^1], minimum, names, out var high)) return false;
        return low >= minimum && low <= high && high <= maximum;
    }

    private static bool TryEnd(string text, int minimum, string[] names, out int number)
    {
        var at = Array.FindIndex(names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        number = at + minimum;
        return at >= 0 || TryNumber(text, out number);
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
