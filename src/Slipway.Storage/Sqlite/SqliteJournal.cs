using System.Runtime.CompilerServices;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Sqlite.Reading;
using Slipway.Storage.Sqlite.Tables;
using Slipway.Storage.Sqlite.Writing;
using Slipway.Storage.Stores;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Sqlite;

/// <summary>
/// The journal of a <see cref="SqliteStore"/>: one file, in write-ahead-log mode. Any number of threads and processes of one machine may use the file
/// together. A lease whose owner the options' probe knows to be dead counts as expired. Every member fails with a <see cref="StorageException"/> when the file or its disk does.
/// </summary>
public sealed partial class SqliteJournal : IRunFeed, IRunRequests, IAsyncDisposable
{
    private const int LongestRunId = 200;

    private readonly SqliteSession _session;

    internal SqliteJournal(SqliteSession session) => _session = session;

    /// <summary>The database file.</summary>
    public string File => _session.Options.File;

    /// <summary>The writing connection, for tests that make it fail.</summary>
    internal SqliteDatabase Writing => _session.Writing;

    /// <summary>Whether a write is under way, for tests that come between.</summary>
    internal bool IsWriting => _session.Writes.IsWriting;

    /// <summary>Opens a store for its journal alone, creating or migrating the file. Disposing the journal closes it.</summary>
    /// <param name="options">Where it lies and how it behaves.</param>
    /// <param name="time">The clock of leases and events.</param>
    /// <exception cref="StorageException">The file cannot be used; it is as it was.</exception>
    public static SqliteJournal Open(SqliteStoreOptions options, TimeProvider time) => SqliteStore.Open(options, time).Journal;

    /// <inheritdoc/>
    public ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        RequireRunId(runId);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return _session.WriteAsync(tables => Acquire(tables, runId, owner, duration), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return _session.WriteAsync(
            tables =>
            {
                var expiresAt = tables.Now + duration;
                return tables.Leases.Prolong(lease, expiresAt) ? lease with { ExpiresAt = expiresAt } : null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var isFree = await _session.WriteAsync(tables => tables.Leases.Remove(lease) && tables.Runs.IsRunnable(lease.RunId), cancellationToken);
        if (isFree) _session.Bell.Ring(FoundRuns.Topic);
    }

    /// <inheritdoc/>
    public ValueTask<RunLease?> GetLeaseAsync(string runId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lease = _session.Readers.Read(reader => reader.FindLease(runId));
        return new ValueTask<RunLease?>(IsHeld(lease, _session.Time.GetUtcNow()) ? lease : null);
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedSequence);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfZero(events.Count, nameof(events));
        return _session.Writes.WriteAsync(new AppendRequest(lease, expectedSequence, events), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string runId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        await ValueTask.CompletedTask;
        var newest = Math.Max(0, afterSequence);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = newest;
            var page = _session.Readers.Read(reader => reader.ReadPage(runId, after));
            if (page.Count == 0) yield break;
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.Sequence != ++newest) throw SqliteDiagnostics.Missing(File, runId, newest);
                yield return entry;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var runId in _session.Readers.Read(reader => reader.ListRuns()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return runId;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryDeleteAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return _session.WriteAsync(tables => !IsHeld(tables.Leases.Find(runId), tables.Now) && tables.RemoveRun(runId), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RunnableRuns> FindRunnableAsync(int limit, IReadOnlySet<string> except, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentNullException.ThrowIfNull(except);
        cancellationToken.ThrowIfCancellationRequested();
        var found = new FoundRuns(limit, _session.Options.OwnerProbe);
        _session.Readers.Read(reader => reader.FindOpen(found, except, _session.Now));
        return new ValueTask<RunnableRuns>(found.Result);
    }

    /// <inheritdoc/>
    public async ValueTask<IDisposable> WatchAsync(Action onChange, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        return new ChangeCall(await _session.Bell.WatchAsync([FoundRuns.Topic], cancellationToken), onChange);
    }

    /// <summary>Which runs a retention lets go, newest first. Nothing is removed.</summary>
    public ValueTask<IReadOnlyList<string>> FindPrunableAsync(JournalRetention retention, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retention);
        JournalRetention.Validate(retention);
        cancellationToken.ThrowIfCancellationRequested();
        var now = _session.Time.GetUtcNow();
        return new ValueTask<IReadOnlyList<string>>(_session.Readers.Read<List<string>>(reader =>
        [
            .. reader.ListAges()
                .Skip(retention.KeepNewest ?? 0)
                .Where(run => retention.OlderThan is not { } age || now - run.NewestAt > age)
                .Where(run => retention.IncludeUnfinished || run.IsFinished)
                .Select(run => run.RunId)
                .Where(runId => !IsHeld(reader.FindLease(runId), now)),
        ]));
    }

    /// <summary>Removes the runs that a retention lets go and gives their space back to the disk.</summary>
    public async ValueTask<PruneResult> PruneAsync(JournalRetention retention, CancellationToken cancellationToken = default)
    {
        var removed = new List<string>();
        foreach (var runId in await FindPrunableAsync(retention, cancellationToken))
        {
            if (await TryDeleteAsync(runId, cancellationToken)) removed.Add(runId);
        }

        var freed = 0L;
        await _session.Writes.WriteAsync(new OutsideWrite(() => freed = Compact()), cancellationToken);
        return new PruneResult(removed, freed);
    }

    /// <summary>Finishes the writes under way and closes the file, for all that the store keeps.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private static void RequireRunId(string runId)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runId.Length, LongestRunId, nameof(runId));
    }

    private bool IsHeld(RunLease? lease, DateTimeOffset now) =>
        lease is not null && lease.ExpiresAt > now && _session.Options.OwnerProbe.Probe(lease.Owner) != OwnerState.Dead;

    private RunLease? Acquire(JournalTables tables, string runId, string owner, TimeSpan duration)
    {
        var now = tables.Now;
        if (IsHeld(tables.Leases.Find(runId), now)) return null;
        return tables.Leases.Grant(runId, tables.Runs.Ensure(runId, now), owner, now + duration);
    }

    private long Compact()
    {
        var before = _session.Writing.QueryInt64("PRAGMA page_count");
        _session.Writing.Execute("PRAGMA incremental_vacuum");
        _session.Writing.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var after = _session.Writing.QueryInt64("PRAGMA page_count");
        return (before - after) * _session.Writing.QueryInt64("PRAGMA page_size");
    }
}
