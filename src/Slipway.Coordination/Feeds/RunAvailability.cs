using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Feeds;

/// <summary>What an append changes about who may go on with a run. A journal that is an <see cref="IRunFeed"/> keeps it beside the run, in the transaction of the append.</summary>
/// <param name="IsOpen">Whether any engine may go on with the run while nobody holds it.</param>
/// <param name="Priority">
/// The run's priority, 0 to 100; null when the append does not say. A run whose first event does not say is below the step of another, which alone goes
/// on with it: it is never open.
/// </param>
public sealed record RunAvailability(bool IsOpen, int? Priority)
{
    private static readonly RunAvailability Opened = new(IsOpen: true, Priority: null);
    private static readonly RunAvailability Closed = new(IsOpen: false, Priority: null);

    /// <summary>What events change when they are appended.</summary>
    /// <returns>The change; null when they change nothing, as those of steps do.</returns>
    public static RunAvailability? After(IReadOnlyList<RunEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        RunAvailability? change = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is StepEvent) continue;
            change = events[i] switch
            {
                RunStarted started => new RunAvailability(started.Parent is null, started.Parent is null ? started.Priority : null),
                RunResumed => With(Opened, change),
                RunPaused paused => With(paused.IsReleased ? Opened : Closed, change),
                RunFinished or RollbackStarted => With(Closed, change),
                _ => change,
            };
        }

        return change;
    }

    private static RunAvailability With(RunAvailability now, RunAvailability? before) => before?.Priority is { } priority ? now with { Priority = priority } : now;
}
