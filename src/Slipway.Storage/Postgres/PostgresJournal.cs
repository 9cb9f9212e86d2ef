using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Storage.Leases;
using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Postgres.Writing;
using Slipway.Storage.Stores;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Postgres;

/// <summary>
/// The journal of a <see cref="PostgresStore"/>. Any number of threads, processes and machines may use one schema together. A lease whose owner the
/// options' probe knows to be dead counts as expired. Every member fails with a <see cref="StorageException"/> when the server or the way to it does.
/// </summary>
public sealed partial class PostgresJournal : IRunFeed, IRunRequests
{
    private const int LongestRunId = 200;
    private const int PageSize = 256;

    private readonly PostgresSession _session;
    private readonly ILeaseOwnerProbe _probe;
    private readonly ChangeBell _bell;
    private readonly JournalWrites _writes;

    // The runs without events whose lease was taken here and that nobody has read or written since: the first look at them needs no statement.
    private readonly ConcurrentDictionary<string, byte> _newRuns = new(StringComparer.Ordinal);

    internal PostgresJournal(PostgresSession session, JournalWrites writes, ILeaseOwnerProbe probe, ChangeBell bell)
    {
        _session = session;
        _bell = bell;
        _probe = probe;
        _writes = writes;
    }

    /// <inheritdoc/>
    public async ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runId.Length, LongestRunId, nameof(runId));
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var wish = new PendingLease(runId, owner, duration);
        if (await _writes.Leases.SubmitAsync(wish, cancellationToken) is { } lease)
        {
            if (wish.IsOfNewRun) _newRuns[runId] = 0;
            return lease;
        }

        if (await FindLeaseAsync(runId, cancellationToken) is not { } held || !IsDead(held)) return null;
        var inherited = await _session.QueryAsync(
            $"""
            UPDATE runs SET owner = $3, fencing_token = nextval('fencing_tokens'), expires_at = {Clock(5)} + $4 WHERE run_id = $1 AND fencing_token = $2
            RETURNING owner, fencing_token, expires_at
            """,
            command => command.Bind(runId).Bind(held.FencingToken).Bind(owner).Bind(duration).Bind(_session.Now),
            row => ReadLease(runId, row),
            cancellationToken);
        return inherited.FirstOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var renewed = await _session.QueryAsync(
            $"UPDATE runs SET expires_at = {Clock(4)} + $3 WHERE run_id = $1 AND fencing_token = $2 RETURNING owner, fencing_token, expires_at",
            command => command.Bind(lease.RunId).Bind(lease.FencingToken).Bind(duration).Bind(_session.Now),
            row => ReadLease(lease.RunId, row),
            cancellationToken);
        return renewed.FirstOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        _newRuns.TryRemove(lease.RunId, out _);
        await _writes.Releases.SubmitAsync(new PendingRelease(lease), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<RunLease?> GetLeaseAsync(string runId, CancellationToken cancellationToken = default) =>
        await FindLeaseAsync(runId, cancellationToken) is { } lease && !IsDead(lease) ? lease : null;

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedSequence);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfZero(events.Count, nameof(events));
        _newRuns.TryRemove(lease.RunId, out _);
        return _writes.Appends.SubmitAsync(new PendingAppend(lease, expectedSequence, events), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        string runId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        if (_newRuns.TryRemove(runId, out _)) yield break;
        var newest = Math.Max(0, afterSequence);
        while (true)
        {
            var after = newest;
            // A page at a time: between pages nothing is held on the server, however slow the reader.
            var page = await _session.QueryAsync(
                "SELECT sequence, at, payload FROM events WHERE run_no = (SELECT run_no FROM runs WHERE run_id = $1) AND sequence > $2 ORDER BY sequence LIMIT $3",
                command => command.Bind(runId).Bind(after).Bind((long)PageSize),
                row => ReadEntry(runId, row),
                cancellationToken);
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.Sequence != ++newest) throw PostgresDiagnostics.Missing(_session.Place, runId, newest);
                yield return entry;
            }

            if (page.Count < PageSize) yield break;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var runs = await _session.QueryAsync(
            "SELECT run_id FROM runs WHERE first_at IS NOT NULL ORDER BY first_at DESC, run_id",
            static _ => { },
            static row => row.GetString(0),
            cancellationToken);
        foreach (var runId in runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return runId;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryDeleteAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        var held = await FindLeaseAsync(runId, cancellationToken);
        if (held is not null && !IsDead(held)) return false;
        return await _session.TransactAsync(
            async connection =>
            {
                var gone = await PostgresSession.QueryAsync(
                    connection,
                    $"DELETE FROM runs WHERE run_id = $1 AND (expires_at IS NULL OR expires_at <= {Clock(2)} OR fencing_token = $3) RETURNING run_no",
                    command => command.Bind(runId).Bind(_session.Now).Bind(held?.FencingToken ?? 0),
                    row => row.GetInt64(0),
                    cancellationToken);
                if (gone.Count == 0) return false;
                // A statement of its own sees what an append had just committed before the run was gone.
                await using var events = new NpgsqlCommand("DELETE FROM events WHERE run_no = $1", connection);
                await events.Bind(gone[0]).ExecuteNonQueryAsync(cancellationToken);
                await using var requests = new NpgsqlCommand("DELETE FROM stop_requests WHERE run_id = $1", connection);
                await requests.Bind(runId).ExecuteNonQueryAsync(cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<RunnableRuns> FindRunnableAsync(int limit, IReadOnlySet<string> except, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentNullException.ThrowIfNull(except);
        const string Now = "coalesce($1, date_trunc('milliseconds', statement_timestamp()))";
        var found = new FoundRuns(limit, _probe);
        await FindAsync($"expires_at IS NULL OR expires_at <= {Now}", limit);
        // With room left the others are few: those that somebody holds, who may be known to be dead.
        if (!found.IsFull) await FindAsync($"expires_at > {Now}", atMost: null);
        return found.Result;

        async Task FindAsync(string condition, long? atMost)
        {
            var open = await _session.QueryAsync(
                $"""
                SELECT run_id, owner, expires_at - {Now} FROM runs
                WHERE is_open AND priority IS NOT NULL AND run_id <> ALL ($2) AND ({condition}) ORDER BY priority DESC, run_no LIMIT $3
                """,
                command => command.Bind(_session.Now).Bind(except.ToArray()).Bind(atMost),
                row => (RunId: row.GetString(0), Owner: row.TextOrNull(1), Remaining: row.IsDBNull(2) ? (TimeSpan?)null : row.GetFieldValue<TimeSpan>(2)),
                cancellationToken);
            foreach (var (runId, owner, remaining) in open)
            {
                if (!found.IsFull) found.Add(runId, owner, remaining);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IDisposable> WatchAsync(Action onChange, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        return new ChangeCall(await _bell.WatchAsync([FoundRuns.Topic], cancellationToken), onChange);
    }

    /// <summary>The SQL of the current time, from a parameter where this process has a clock of its own, from the server where it has none.</summary>
    internal static string Clock(int parameter) => $"coalesce(${parameter}, date_trunc('milliseconds', clock_timestamp()))";

    private static RunLease ReadLease(string runId, DbDataReader row) => new(runId, row.GetString(0), row.GetInt64(1), row.Time(2));

    private bool IsDead(RunLease lease) => _probe.Probe(lease.Owner) == OwnerState.Dead;

    private async Task<RunLease?> FindLeaseAsync(string runId, CancellationToken cancellationToken)
    {
        var leases = await _session.QueryAsync(
            $"SELECT owner, fencing_token, expires_at FROM runs WHERE run_id = $1 AND expires_at > {Clock(2)}",
            command => command.Bind(runId).Bind(_session.Now),
            row => ReadLease(runId, row),
            cancellationToken);
        return leases.FirstOrDefault();
    }

    private JournalEntry ReadEntry(string runId, DbDataReader row)
    {
        var sequence = row.GetInt64(0);
        try
        {
            return new JournalEntry(sequence, row.Time(1), RunEventJson.Read(row.Utf8(2).AsSpan()));
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            throw PostgresDiagnostics.Unreadable(_session.Place, runId, sequence, unreadable);
        }
    }
}
