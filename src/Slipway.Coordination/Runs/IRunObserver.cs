using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>Somebody who watches a run while it goes on. Observers must return quickly; one that throws is logged and not called again.</summary>
public interface IRunObserver
{
    /// <summary>Called for each event once it is durable, in order, never by two threads at once for one run.</summary>
    /// <param name="entry">The event; its time is the engine's, which may differ from the journal's by milliseconds.</param>
    void OnEntry(JournalEntry entry);

    /// <summary>The same with the run, for one who watches several runs of an engine at once. Default: passes the event on without it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="entry">The event.</param>
    void OnEntry(string runId, JournalEntry entry) => OnEntry(entry);

    /// <summary>Called when an agent reports what it is at, from the agent's own thread, possibly many times a second and by many threads. Default: nothing.</summary>
    /// <param name="stepId">The step.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="message">What it is at; null when it did not say.</param>
    /// <param name="fraction">How much is done, 0 to 1; null when unknown.</param>
    void OnProgress(string stepId, int attempt, string? message, double? fraction)
    {
    }
}
