namespace Slipway.Coordination.Journal;

/// <summary>The step whose agent started a sub-run.</summary>
/// <param name="RunId">The run of the step.</param>
/// <param name="StepId">The step.</param>
public sealed record ParentStep(string RunId, string StepId);
