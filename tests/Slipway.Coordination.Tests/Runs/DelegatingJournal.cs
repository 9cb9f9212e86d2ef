using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>A journal around another, to bend single members.</summary>
internal abstract class DelegatingJournal(IRunJournal inner) : IRunJournal
{
    public virtual ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default) =>
        inner.TryAcquireAsync(runId, owner, duration, cancellationToken);

    public virtual ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default) =>
        inner.TryRenewAsync(lease, duration, cancellationToken);

    public virtual ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default) => inner.ReleaseAsync(lease, cancellationToken);

    public virtual ValueTask<RunLease?> GetLeaseAsync(string runId, CancellationToken cancellationToken = default) => inner.GetLeaseAsync(runId, cancellationToken);

    public virtual ValueTask<long> AppendAsync(
        RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default) =>
        inner.AppendAsync(lease, expectedSequence, events, cancellationToken);

    public virtual IAsyncEnumerable<JournalEntry> ReadAsync(string runId, long afterSequence = 0, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(runId, afterSequence, cancellationToken);

    public virtual IAsyncEnumerable<string> ListRunsAsync(CancellationToken cancellationToken = default) => inner.ListRunsAsync(cancellationToken);

    public virtual ValueTask<bool> TryDeleteAsync(string runId, CancellationToken cancellationToken = default) => inner.TryDeleteAsync(runId, cancellationToken);
}
