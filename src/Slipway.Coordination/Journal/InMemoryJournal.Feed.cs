using Slipway.Coordination.Feeds;

namespace Slipway.Coordination.Journal;

public sealed partial class InMemoryJournal
{
    private readonly Lock _openGate = new();
    private readonly SortedDictionary<(int Priority, long Number), (string RunId, RunRecord Run)> _open = [];
    private readonly Callbacks _onFreed = new();
    private long _newestNumber;

    /// <inheritdoc/>
    public ValueTask<RunnableRuns> FindRunnableAsync(int limit, IReadOnlySet<string> except, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentNullException.ThrowIfNull(except);
        cancellationToken.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var found = new List<string>();
        DateTimeOffset? next = null;
        lock (_openGate)
        {
            foreach (var (runId, run) in _open.Values)
            {
                if (found.Count == limit) break;
                if (except.Contains(runId)) continue;
                if (run.Lease is not { } lease || lease.ExpiresAt <= now) found.Add(runId);
                else if (next is null || lease.ExpiresAt < next) next = lease.ExpiresAt;
            }
        }

        return ValueTask.FromResult(new RunnableRuns(found, next - now));
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> WatchAsync(Action onChange, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_onFreed.Add(onChange));
    }

    private void Keep(string runId, RunRecord run, RunAvailability change)
    {
        lock (_openGate)
        {
            if (change.Priority is { } priority) run.Place = (-priority, ++_newestNumber);
            if (run.Place.Number == 0 || change.IsOpen == run.IsRunnable) return;
            run.IsRunnable = change.IsOpen;
            if (run.IsRunnable) _open.Add(run.Place, (runId, run));
            else _open.Remove(run.Place);
        }
    }
}
