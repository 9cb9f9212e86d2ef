using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>What is to be recorded of the steps that an engine left behind when it died.</summary>
internal static class Interruptions
{
    /// <summary>The events, in the order of the steps; each may be folded in before the next is asked for.</summary>
    public static IEnumerable<RunEvent> Of(RunProjection run)
    {
        foreach (var record in run.Steps)
        {
            if (record.State is StepState.Running) yield return new StepInterrupted(record.Step.Id, record.Attempt, "the process ended before the result was known");
            if (record.HeldResources is { } held) yield return new LockReleased(record.Step.Id, held);
        }
    }
}
