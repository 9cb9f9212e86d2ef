using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Slipway.Coordination.Feeds;

namespace Slipway.Coordination.Journal;

/// <summary>A journal that lives as long as the process: for tests, dry runs and work that is not worth resuming.</summary>
/// <param name="time">The clock of entries and leases.</param>
public sealed partial class InMemoryJournal(TimeProvider time) : IRunFeed, IRunRequests
{
    private readonly ConcurrentDictionary<string, RunRecord> _runs = new(StringComparer.Ordinal);
    private long _newestToken;

    /// <inheritdoc/>
    public ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runId.Length, 200, nameof(runId));
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            var run = _runs.GetOrAdd(runId, static _ => new RunRecord());
            lock (run.Gate)
            {
                if (run.IsDeleted) continue;
                var now = time.GetUtcNow();
                if (run.Lease is { } held && held.ExpiresAt > now) return ValueTask.FromResult<RunLease?>(null);
                run.Lease = new RunLease(runId, owner, Interlocked.Increment(ref _newestToken), now + duration);
                return ValueTask.FromResult<RunLease?>(run.Lease);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_runs.TryGetValue(lease.RunId, out var run)) return ValueTask.FromResult<RunLease?>(null);
        lock (run.Gate)
        {
            if (!run.IsHeldBy(lease)) return ValueTask.FromResult<RunLease?>(null);
            run.Lease = lease with { ExpiresAt = time.GetUtcNow() + duration };
            return ValueTask.FromResult<RunLease?>(run.Lease);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default)
    {
        if (!_runs.TryGetValue(lease.RunId, out var run)) return ValueTask.CompletedTask;
        lock (run.Gate)
        {
            if (!run.IsHeldBy(lease)) return ValueTask.CompletedTask;
            run.Lease = null;
            if (!run.IsRunnable) return ValueTask.CompletedTask;
        }

        _onFreed.Call();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<RunLease?> GetLeaseAsync(string runId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_runs.TryGetValue(runId, out var run)) return ValueTask.FromResult<RunLease?>(null);
        lock (run.Gate) return ValueTask.FromResult(run.Lease is { } lease && lease.ExpiresAt > time.GetUtcNow() ? lease : null);
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(events.Count, nameof(events));
        cancellationToken.ThrowIfCancellationRequested();
        if (!_runs.TryGetValue(lease.RunId, out var run)) throw new JournalConflictException(lease.RunId, "The run was deleted.");
        lock (run.Gate)
        {
            var now = time.GetUtcNow();
            if (!run.IsHeldBy(lease) || run.Lease!.ExpiresAt <= now)
                throw new JournalConflictException(lease.RunId, $"The lease with token {lease.FencingToken} is no longer valid.");
            if (expectedSequence != run.Count)
                throw new JournalConflictException(lease.RunId, $"Sequence {expectedSequence} was expected, but the journal is at {run.Count}.");
            var at = JournalTime.Truncate(now);
            for (var i = 0; i < events.Count; i++) run.Add(at, events[i]);
            if (RunAvailability.After(events) is { } change) Keep(lease.RunId, run, change);
            return ValueTask.FromResult(run.Count);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string runId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        if (!_runs.TryGetValue(runId, out var run)) yield break;
        for (var sequence = Math.Max(0, afterSequence) + 1; run.TryGet(sequence, out var entry); sequence++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        var begun = new List<(DateTimeOffset At, string RunId)>();
        foreach (var (runId, run) in _runs)
        {
            if (run.TryGet(1, out var first)) begun.Add((first.At, runId));
        }

        foreach (var (_, runId) in begun.OrderByDescending(run => run.At).ThenBy(run => run.RunId, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return runId;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryDeleteAsync(string runId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_runs.TryGetValue(runId, out var run)) return ValueTask.FromResult(false);
        lock (run.Gate)
        {
            if (run.IsDeleted || (run.Lease is { } lease && lease.ExpiresAt > time.GetUtcNow())) return ValueTask.FromResult(false);
            run.IsDeleted = true;
            _runs.TryRemove(runId, out _);
            _asked.TryRemove(runId, out _);
            Keep(runId, run, new RunAvailability(IsOpen: false, Priority: null));
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>One run's events in chunks, so that a long run is never copied to grow.</summary>
    private sealed class RunRecord
    {
        private const int FirstChunkSize = 16;
        private const int LargestChunkSize = 4096;
        private readonly List<(long First, (long Ticks, RunEvent Event)[] Items)> _chunks = [];
        private int _usedOfLast;

        public Lock Gate { get; } = new();

        public RunLease? Lease { get; set; }

        /// <summary>The place among the runs that wait: by priority, then by age.</summary>
        public (int Priority, long Number) Place { get; set; }

        /// <summary>Whether any engine may go on with the run while nobody holds it.</summary>
        public bool IsRunnable { get; set; }

        public bool IsDeleted { get; set; }

        public long Count { get; private set; }

        public bool IsHeldBy(RunLease lease) => !IsDeleted && Lease is { } held && held.FencingToken == lease.FencingToken;

        public void Add(DateTimeOffset at, RunEvent runEvent)
        {
            if (_chunks.Count == 0 || _usedOfLast == _chunks[^1].Items.Length)
            {
                var size = _chunks.Count == 0 ? FirstChunkSize : Math.Min(LargestChunkSize, _chunks[^1].Items.Length * 2);
                _chunks.Add((Count + 1, new (long, RunEvent)[size]));
                _usedOfLast = 0;
            }

            _chunks[^1].Items[_usedOfLast++] = (at.UtcTicks, runEvent);
            Count++;
        }

        public bool TryGet(long sequence, out JournalEntry entry)
        {
            lock (Gate)
            {
                entry = null!;
                if (sequence < 1 || sequence > Count) return false;
                var low = 0;
                var high = _chunks.Count - 1;
                while (low < high)
                {
                    var middle = (low + high + 1) / 2;
                    if (_chunks[middle].First <= sequence) low = middle;
                    else high = middle - 1;
                }

                var (first, items) = _chunks[low];
                var (ticks, runEvent) = items[sequence - first];
                entry = new JournalEntry(sequence, new DateTimeOffset(ticks, TimeSpan.Zero), runEvent);
                return true;
            }
        }
    }
}
