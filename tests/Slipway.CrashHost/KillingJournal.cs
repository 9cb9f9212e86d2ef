using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;

namespace Slipway.CrashHost;

/// <summary>A journal that ends the process at a given append.</summary>
/// <param name="journal">The journal that does the work.</param>
/// <param name="point">When.</param>
internal sealed class KillingJournal(IRunFeed journal, KillPoint point) : IRunFeed
{
    private int _appends;

    /// <summary>How many appends there were.</summary>
    public int Appends => Volatile.Read(ref _appends);

    public async ValueTask<long> AppendAsync(
        RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default)
    {
        var number = Interlocked.Increment(ref _appends);
        if (point == new KillPoint(KillMoment.Before, number)) KillPoint.Kill();
        var sequence = await journal.AppendAsync(lease, expectedSequence, events, cancellationToken);
        if (point == new KillPoint(KillMoment.After, number)) KillPoint.Kill();
        return sequence;
    }

    public ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default) =>
        journal.TryAcquireAsync(runId, owner, duration, cancellationToken);

    public ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default) =>
        journal.TryRenewAsync(lease, duration, cancellationToken);

    public ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default) => journal.ReleaseAsync(lease, cancellationToken);

    public ValueTask<RunLease?> GetLeaseAsync(string runId, CancellationToken cancellationToken = default) =>
        journal.GetLeaseAsync(runId, cancellationToken);

    public IAsyncEnumerable<JournalEntry> ReadAsync(string runId, long afterSequence = 0, CancellationToken cancellationToken = default) =>
        journal.ReadAsync(runId, afterSequence, cancellationToken);

    public IAsyncEnumerable<string> ListRunsAsync(CancellationToken cancellationToken = default) => journal.ListRunsAsync(cancellationToken);

    public ValueTask<RunnableRuns> FindRunnableAsync(int limit, IReadOnlySet<string> except, CancellationToken cancellationToken = default) =>
        journal.FindRunnableAsync(limit, except, cancellationToken);

    public ValueTask<IDisposable> WatchAsync(Action onChange, CancellationToken cancellationToken = default) => journal.WatchAsync(onChange, cancellationToken);

    public ValueTask<bool> TryDeleteAsync(string runId, CancellationToken cancellationToken = default) => journal.TryDeleteAsync(runId, cancellationToken);
}
