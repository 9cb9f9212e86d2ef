using System.Text;
using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Reading;

/// <summary>
/// A connection that only reads, a page at a time: between pages no transaction is open, so that a slow consumer keeps
/// nobody from checkpointing.
/// </summary>
internal sealed class JournalReader : IDisposable
{
    private const int PageSize = 256;

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _events;
    private readonly SqliteStatement _runs;
    private readonly SqliteStatement _lease;

    public JournalReader(SqliteDatabase database)
    {
        _database = database;
        _events = database.Prepare("SELECT sequence, at, payload FROM events WHERE run_id = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3");
        _runs = database.Prepare("SELECT run_id FROM runs WHERE first_at IS NOT NULL ORDER BY first_at DESC, run_id");
        _lease = database.Prepare("SELECT owner, fencing_token, expires_at FROM leases WHERE run_id = ?1");
    }

    /// <summary>The next events of a run, none at its end.</summary>
    public List<JournalEntry> ReadPage(string runId, long afterSequence)
    {
        var page = new List<JournalEntry>();
        _events.Bind(1, runId).Bind(2, afterSequence).Bind(3, PageSize);
        try
        {
            while (_events.Step())
            {
                var at = DateTimeOffset.FromUnixTimeMilliseconds(_events.Int64(1));
                page.Add(new JournalEntry(_events.Int64(0), at, Decode(runId)));
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
              ON e.run_id = r.run_id AND e.sequence = (SELECT max(sequence) FROM events WHERE run_id = r.run_id)
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
        _runs.Dispose();
        _lease.Dispose();
        _database.Dispose();
    }

    private RunEvent Decode(string runId)
    {
        try
        {
            return RunEventJson.Read(_events.Utf8(2));
        }
        catch (JsonException unreadable)
        {
            throw SqliteDiagnostics.Unreadable(_database.Path, runId, _events.Int64(0), unreadable);
        }
    }
}
