namespace Slipway.Coordination.Agents;

/// <summary>Somebody who can do steps. Agents are called from many threads at once.</summary>
public interface IAgent
{
    /// <summary>
    /// True when <see cref="RunAsync"/> never blocks and costs microseconds: it is then called from the run's own loop. Otherwise it is
    /// called on the thread pool, so that a blocking agent stops nobody else. Default: false.
    /// </summary>
    bool IsInline => false;

    /// <summary>Does a step. Expected failures are outcomes; an exception counts as the failure the classifier makes of it.</summary>
    /// <param name="context">What to do, and how to tell how it goes.</param>
    /// <param name="cancellationToken">Ends the attempt: at a timeout, a missed heartbeat, a pause, a cancellation or a lost lease.</param>
    ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken);
}
