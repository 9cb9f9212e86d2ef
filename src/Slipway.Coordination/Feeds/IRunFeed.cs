using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Feeds;

/// <summary>
/// A journal that tells which runs wait for an engine: those that were begun, are not paused by anybody and not at their end, and that nobody holds. Without it
/// a journal cannot have hosts. Every implementation must pass the feed conformance suite. All members are safe to call from many threads.
/// </summary>
public interface IRunFeed : IRunJournal
{
    /// <summary>Finds runs to take up, without reading their events.</summary>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="except">Runs that are not wanted, nor their leases looked at.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    ValueTask<RunnableRuns> FindRunnableAsync(int limit, IReadOnlySet<string> except, CancellationToken cancellationToken = default);

    /// <summary>Watches for runs that are given back. One whose holder dies tells nobody: its lease ends.</summary>
    /// <param name="onChange">Called from any thread whenever a run may have become free, also without need. It must return at once.</param>
    /// <param name="cancellationToken">Cancels the beginning.</param>
    /// <returns>Ends the watch when disposed. What becomes free after the watch has begun is told.</returns>
    ValueTask<IDisposable> WatchAsync(Action onChange, CancellationToken cancellationToken = default);
}
