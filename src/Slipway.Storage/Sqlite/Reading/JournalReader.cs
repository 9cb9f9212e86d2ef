using System.Text;
using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Sqlite.Tables;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Sqlite.Reading;

/// <summary>
/// A connection that only reads, a page at a time: between pages no transaction is open, so that a slow consumer keeps
/// nobody from checkpointing.
/// </summary>
internal sealed class JournalReader : IDisposable
{
    private const int PageSize = 256;
    private const int PageBytes = 1 << 20;

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _events;
    private readonly SqliteStatement _run;
    private readonly SqliteStatement _runs;
    private readonly SqliteStatement _lease;

    public JournalReader(SqliteDatabase database)
    {
        _database = database;
        Statements = new StatementCache(database);
        _events = database.Prepare("SELECT event_no, at, payload FROM events WHERE event_no > ?1 AND event_no <= ?2 ORDER BY event_no LIMIT ?3");
        _run = database.Prepare("SELECT run_no FROM runs WHERE run_id = ?1");
        _runs = database.Prepare("SELECT run_id FROM runs WHERE first_at IS NOT NULL ORDER BY first_at DESC, run_id");
        _lease = database.Prepare("SELECT owner, fencing_token, expires_at FROM leases WHERE run_id = ?1");
    }

    /// <summary>Every other statement of a reader.</summary>
    public StatementCache Statements { get; }

    /// <summary>The next events of a run, none at its end.</summary>
    public List<JournalEntry> ReadPage(string runId, long afterSequence)
    {
        var page = new List<JournalEntry>();
        if (FindRun(runId) is not { } run) return page;
        _events.Bind(1, EventNumber.Of(run, Math.Max(0, afterSequence))).Bind(2, EventNumber.Last(run)).Bind(3, PageSize);
        try
        {
            for (var bytes = 0; bytes < PageBytes && _events.Step(); bytes += _events.Utf8(2).Length)
            {
                var at = DateTimeOffset.FromUnixTimeMilliseconds(_events.Int64(1));
                var sequence = EventNumber.SequenceOf(_events.Int64(0));
                page.Add(new JournalEntry(sequence, at, Decode(runId, sequence)));
            }
        }
        finally
        {
            _events.Reset();
        }

        return page;
    }

    public List<string> ListRuns()
    {
        var runs = new List<string>();
        while (_runs.Step()) runs.Add(_runs.Text(0));
        return runs;
    }

    /// <summary>All runs, also those without events, newest first.</summary>
    public List<RunAge> ListAges()
    {
        using var ages = _database.Prepare(
            """
            SELECT r.run_id, coalesce(e.at, r.created_at), e.type
            FROM runs r LEFT JOIN events e
              ON e.event_no = (SELECT max(event_no) FROM events WHERE event_no BETWEEN r.run_no << 32 AND (r.run_no << 32) + 0xffffffff)
            ORDER BY coalesce(r.first_at, r.created_at) DESC, r.run_id
            """);
        var runs = new List<RunAge>();
        while (ages.Step())
        {
            var type = ages.IsNull(2) ? null : ages.Text(2);
            runs.Add(new RunAge(ages.Text(0), DateTimeOffset.FromUnixTimeMilliseconds(ages.Int64(1)), type));
        }

        return runs;
    }

    /// <summary>Goes through the runs that any engine may go on with, by priority, then the oldest first, until enough are found.</summary>
    /// <returns>Whether all were gone through.</returns>
    public bool FindOpen(FoundRuns found, IReadOnlySet<string> except, DateTimeOffset now)
    {
        var open = Statements[
            """
            SELECT r.run_id, l.owner, l.expires_at FROM runs r LEFT JOIN leases l ON l.run_id = r.run_id
            WHERE r.is_open AND r.priority IS NOT NULL ORDER BY r.priority DESC, r.run_no
            """];
        try
        {
            while (!found.IsFull)
            {
                if (!open.Step()) return true;
                var runId = open.Text(0);
                if (!except.Contains(runId)) found.Add(runId, open.TextOrNull(1), open.TimeOrNull(2) - now);
            }

            return false;
        }
        finally
        {
            open.Reset();
        }
    }

    public RunLease? FindLease(string runId)
    {
        if (!_lease.Bind(1, runId).Step()) return null;
        var lease = new RunLease(runId, _lease.Text(0), _lease.Int64(1), DateTimeOffset.FromUnixTimeMilliseconds(_lease.Int64(2)));
        _lease.Reset();
        return lease;
    }

    public void Dispose()
    {
        _events.Dispose();
        _run.Dispose();
        _runs.Dispose();
        _lease.Dispose();
        Statements.Dispose();
        _database.Dispose();
    }

    private long? FindRun(string runId)
    {
        if (!_run.Bind(1, runId).Step()) return null;
        var number = _run.Int64(0);
        _run.Reset();
        return number;
    }

    private RunEvent Decode(string runId, long sequence)
    {
        try
        {
            return RunEventJson.Read(_events.Utf8(2));
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            throw SqliteDiagnostics.Unreadable(_database.Path, runId, sequence, unreadable);
        }
    }
}
