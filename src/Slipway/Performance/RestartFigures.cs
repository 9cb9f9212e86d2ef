using Slipway.Coordination.Journal;

namespace Slipway.Performance;

/// <summary>How a run went on after its process was killed.</summary>
/// <param name="ToFirstStep">From the start of the second process to the first new step that is durable.</param>
/// <param name="ToEnd">From there to the end of that process.</param>
/// <param name="StepsBefore">How many steps were durable when the first process died.</param>
public sealed record RestartFigures(TimeSpan ToFirstStep, TimeSpan ToEnd, int StepsBefore)
{
    /// <summary>Reads from a journal how its run went on.</summary>
    /// <param name="entries">All entries of the run.</param>
    /// <param name="steps">How many steps it has.</param>
    /// <param name="startedAt">When the second process was started.</param>
    /// <param name="toEnd">How long it took.</param>
    /// <exception cref="InvalidOperationException">The run was not cut off and resumed once, is not at its end, or did something twice.</exception>
    public static RestartFigures Of(IReadOnlyList<JournalEntry> entries, int steps, DateTimeOffset startedAt, TimeSpan toEnd)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var resumed = entries.Select((entry, at) => (entry, at)).Where(one => one.entry.Event is RunResumed).Select(one => one.at).ToList();
        if (resumed.Count != 1) throw new InvalidOperationException($"the run was resumed {resumed.Count} times instead of once");
        if (entries[^1].Event is not RunFinished) throw new InvalidOperationException("the resumed run is not at its end");
        var succeeded = entries.Select(entry => entry.Event).OfType<StepSucceeded>().ToList();
        if (succeeded.DistinctBy(one => one.StepId).Count() != steps || succeeded.Count != steps)
            throw new InvalidOperationException($"{succeeded.Count} successes of {steps} steps");
        // Only what was under way at the kill may begin twice.
        var cutOff = entries.Count(entry => entry.Event is StepInterrupted);
        var starts = entries.Count(entry => entry.Event is StepStarted);
        if (starts != steps + cutOff) throw new InvalidOperationException($"{starts} attempts at {steps} steps of which {cutOff} were cut off");
        var before = entries.Take(resumed[0]).Count(entry => entry.Event is StepSucceeded);
        // The next event after a success was recorded when the success was durable.
        var first = entries.Skip(resumed[0]).Where(entry => entry.Event is StepSucceeded).Skip(1).First();
        return new RestartFigures(first.At - startedAt, toEnd, before);
    }
}
