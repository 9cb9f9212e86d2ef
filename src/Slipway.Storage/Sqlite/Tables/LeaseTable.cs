using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>The leases. A token is never given twice in one file, not even to a run that was deleted and begun anew.</summary>
internal sealed class LeaseTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _find =
        database.Prepare("SELECT owner, fencing_token, expires_at FROM leases WHERE run_id = ?1");

    private readonly SqliteStatement _put =
        database.Prepare("INSERT OR REPLACE INTO leases (run_id, run_no, owner, fencing_token, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly SqliteStatement _prolong =
        database.Prepare("UPDATE leases SET expires_at = ?3 WHERE run_id = ?1 AND fencing_token = ?2");

    private readonly SqliteStatement _remove =
        database.Prepare("DELETE FROM leases WHERE run_id = ?1 AND fencing_token = ?2");

    private readonly SqliteStatement _nextToken =
        database.Prepare("UPDATE fencing SET newest_token = newest_token + 1 RETURNING newest_token");

    /// <summary>The newest lease of a run, valid or not.</summary>
    public RunLease? Find(string runId)
    {
        if (!_find.Bind(1, runId).Step()) return null;
        var lease = new RunLease(runId, _find.Text(0), _find.Int64(1), DateTimeOffset.FromUnixTimeMilliseconds(_find.Int64(2)));
        _find.Reset();
        return lease;
    }

    /// <summary>A token that was never given, to a run or to a lock.</summary>
    public long NextToken() => _nextToken.Rows(row => row.Int64(0))[0];

    /// <summary>Gives a run a new lease, whoever had one.</summary>
    public RunLease Grant(string runId, long runNumber, string owner, DateTimeOffset expiresAt)
    {
        var lease = new RunLease(runId, owner, NextToken(), expiresAt);
        _put.Bind(1, runId).Bind(2, runNumber).Bind(3, owner).Bind(4, lease.FencingToken).Bind(5, expiresAt.ToUnixTimeMilliseconds()).Run();
        return lease;
    }

    public bool Prolong(RunLease lease, DateTimeOffset expiresAt)
    {
        _prolong.Bind(1, lease.RunId).Bind(2, lease.FencingToken).Bind(3, expiresAt.ToUnixTimeMilliseconds()).Run();
        return database.Changes == 1;
    }

    /// <summary>Ends a lease.</summary>
    /// <returns>False when it was lost already.</returns>
    public bool Remove(RunLease lease)
    {
        _remove.Bind(1, lease.RunId).Bind(2, lease.FencingToken).Run();
        return database.Changes == 1;
    }

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
        _prolong.Dispose();
        _remove.Dispose();
        _nextToken.Dispose();
    }
}
