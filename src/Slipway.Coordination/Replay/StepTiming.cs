namespace Slipway.Coordination.Replay;

/// <summary>When a step of both runs began, among the steps of its run, and how long its newest attempt took.</summary>
/// <param name="StepId">The step.</param>
/// <param name="OrderA">Its place among the first starts of the first run, counted from 1; null when it never started.</param>
/// <param name="OrderB">The same in the second run.</param>
/// <param name="DurationA">How long its newest attempt took in the first run; null when it has not ended.</param>
/// <param name="DurationB">The same in the second run.</param>
public sealed record StepTiming(string StepId, int? OrderA, int? OrderB, TimeSpan? DurationA, TimeSpan? DurationB);
