using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Views.Progress;

/// <summary>Steps and groups in a line of text.</summary>
internal static class StepText
{
    /// <summary>A sign for each state.</summary>
    public static string Symbol(StepState state) => state switch
    {
        StepState.Succeeded => "✓",
        StepState.Failed or StepState.TimedOut => "✗",
        StepState.Skipped => "-",
        StepState.Blocked => "!",
        StepState.Cancelled => "x",
        StepState.Running => "»",
        _ => "·",
    };

    /// <summary>What there is to say about a step: its message, its failure, or what blocked it.</summary>
    public static string Reason(StepRecord step) =>
        step.State == StepState.Blocked ? $"blocked by {step.Cause}"
        : step is { State: StepState.Cancelled, Cause: { } cause } ? $"{step.Message}: {cause}"
        : step.Failure?.Message ?? step.Cause ?? step.Message ?? "";

    /// <summary>One line for a step: sign, id, duration, attempt, reason.</summary>
    public static string Line(StepRecord step, DateTimeOffset now)
    {
        var elapsed = step.StartedAt is { } started ? $"  {Durations.Format((step.FinishedAt ?? now) - started)}" : "";
        var attempt = step.Attempt > 1 ? $"  attempt {step.Attempt}" : "";
        var reason = Reason(step) is { Length: > 0 } text ? $"  {text}" : "";
        return $"{Symbol(step.State)} {step.Step.Id}{elapsed}{attempt}{reason}";
    }

    /// <summary>One line for a group: sign, name, how many of how many, duration.</summary>
    public static string Line(StepGroup group, DateTimeOffset now)
    {
        var count = group.Steps.Count == 1 ? "" : $" {group.Settled}/{group.Steps.Count}";
        var elapsed = group.State == StepState.Pending ? "" : $"  {Durations.Format(group.Elapsed(now))}";
        return $"{Symbol(group.State)} {group.Name}{count}{elapsed}";
    }

    /// <summary>A colour for each state.</summary>
    public static string Paint(Terminal terminal, StepState state, string text) => state switch
    {
        StepState.Succeeded => terminal.Green(text),
        StepState.Failed or StepState.TimedOut => terminal.Red(text),
        StepState.Blocked or StepState.Cancelled => terminal.Yellow(text),
        StepState.Running => terminal.Cyan(text),
        _ => terminal.Dim(text),
    };
}
