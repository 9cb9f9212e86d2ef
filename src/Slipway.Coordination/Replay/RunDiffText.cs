using System.Globalization;
using System.Text;

namespace Slipway.Coordination.Replay;

/// <summary>A difference between two runs in lines, for people.</summary>
internal static class RunDiffText
{
    private const int LongestValue = 80;
    private const int MostTimings = 10;

    public static string Write(RunDiff diff)
    {
        var text = new StringBuilder();
        Line($"a: {diff.RunA}{Took(diff.DurationA)}");
        Line($"b: {diff.RunB}{Took(diff.DurationB)}");
        Section("Steps of one plan only", [.. diff.OnlyInA.Select(id => $"- {id}"), .. diff.OnlyInB.Select(id => $"+ {id}")]);
        Section("Plan", diff.Plan.Select(Describe));
        Section("Outcome", diff.Outcome.Select(Describe));
        Section("Outputs", diff.Outputs.Select(Describe));
        if (diff.Omitted > 0) Line(string.Create(CultureInfo.InvariantCulture, $"  and {diff.Omitted} more differences of inputs and outputs"));
        if (diff.FirstOtherStart is { } place) Section("Order of starts", [string.Create(CultureInfo.InvariantCulture, $"another from start {place} on")]);
        Section("Durations that differ most", Slowest(diff));
        if (!diff.HasDifferences) Line("\nThe runs do not differ but in timing.");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Section(string heading, IEnumerable<string> lines)
        {
            var isOpen = false;
            foreach (var line in lines)
            {
                if (!isOpen) Line($"\n{heading}:");
                isOpen = true;
                Line($"  {line}");
            }
        }
    }

    private static IEnumerable<string> Slowest(RunDiff diff) => diff.Timings
        .Where(timing => timing.DurationA is not null && timing.DurationB is not null && timing.DurationA != timing.DurationB)
        .OrderByDescending(timing => (timing.DurationB - timing.DurationA)!.Value.Duration())
        .ThenBy(timing => timing.StepId, StringComparer.Ordinal)
        .Take(MostTimings)
        .Select(timing => $"{timing.StepId}: {Seconds(timing.DurationA!.Value)} -> {Seconds(timing.DurationB!.Value)}");

    private static string Describe(FieldChange change) => (change with { Before = Short(change.Before), After = Short(change.After) }).ToString();

    private static string? Short(string? value) => value is { Length: > LongestValue } ? $"{value[..LongestValue]}…" : value;

    private static string Took(TimeSpan? duration) => duration is { } known ? $" took {Seconds(known)}" : " has not ended";

    private static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.000} s");
}
