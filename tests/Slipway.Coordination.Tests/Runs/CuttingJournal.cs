using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>A journal whose process dies at one append: from there on nothing reaches it, not even the release of the lease.</summary>
/// <param name="inner">What survives.</param>
/// <param name="cutAt">The append at which it dies, counted from 1.</param>
/// <param name="isWritten">Whether that append still reaches the disk before the process dies.</param>
internal sealed class CuttingJournal(IRunJournal inner, int cutAt, bool isWritten) : DelegatingJournal(inner)
{
    private int _appends;

    public int Appends => Volatile.Read(ref _appends);

    public bool IsDead => Appends >= cutAt;

    public override ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default) =>
        IsDead ? throw Dead() : base.TryRenewAsync(lease, duration, cancellationToken);

    public override ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default) =>
        IsDead ? throw Dead() : base.ReleaseAsync(lease, cancellationToken);

    public override async ValueTask<long> AppendAsync(
        RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default)
    {
        var append = Interlocked.Increment(ref _appends);
        if (append < cutAt) return await base.AppendAsync(lease, expectedSequence, events, cancellationToken);
        if (append == cutAt && isWritten) await base.AppendAsync(lease, expectedSequence, events, cancellationToken);
        throw Dead();
    }

    public override IAsyncEnumerable<JournalEntry> ReadAsync(string runId, long afterSequence = 0, CancellationToken cancellationToken = default) =>
        IsDead ? throw Dead() : base.ReadAsync(runId, afterSequence, cancellationToken);

    private static IOException Dead() => new("the process is dead");
}
