namespace Slipway.Coordination.Feeds;

/// <summary>
/// Carries wishes to the engine that holds a run, in whatever process. A wish outlives that engine: whoever goes on with the run fulfils it. All members are
/// safe to call from many threads.
/// </summary>
public interface IRunRequests
{
    /// <summary>Keeps a wish. Of several about one run the gravest counts, of two alike the first.</summary>
    ValueTask AskAsync(StopRequest request, CancellationToken cancellationToken = default);

    /// <summary>All wishes that are kept, one a run at most, in no order.</summary>
    ValueTask<IReadOnlyList<StopRequest>> FindAskedAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets a wish, because it was fulfilled or is void.</summary>
    ValueTask ForgetAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Watches for wishes that are kept or forgotten.</summary>
    /// <param name="onChange">Called from any thread whenever there was a change, also without need. It must return at once.</param>
    /// <param name="cancellationToken">Cancels the beginning.</param>
    /// <returns>Ends the watch when disposed. What changes after the watch has begun is told.</returns>
    ValueTask<IDisposable> WatchRequestsAsync(Action onChange, CancellationToken cancellationToken = default);
}
