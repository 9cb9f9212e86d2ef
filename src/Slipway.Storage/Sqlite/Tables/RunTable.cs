using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>One row a run: when it was created and when its first event was appended.</summary>
internal sealed class RunTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _ensure =
        database.Prepare("INSERT OR IGNORE INTO runs (run_id, created_at) VALUES (?1, ?2)");

    private readonly SqliteStatement _markFirst =
        database.Prepare("UPDATE runs SET first_at = ?2 WHERE run_id = ?1");

    private readonly SqliteStatement _remove =
        database.Prepare("DELETE FROM runs WHERE run_id = ?1");

    public void Ensure(string runId, DateTimeOffset now) => _ensure.Bind(1, runId).Bind(2, now.ToUnixTimeMilliseconds()).Run();

    public void MarkFirst(ReadOnlySpan<byte> runId, long at) => _markFirst.Bind(1, runId).Bind(2, at).Run();

    /// <summary>Removes the row, not the events.</summary>
    /// <returns>False when there was no such run.</returns>
    public bool Remove(string runId)
    {
        _remove.Bind(1, runId).Run();
        return database.Changes == 1;
    }

    public void Dispose()
    {
        _ensure.Dispose();
        _markFirst.Dispose();
        _remove.Dispose();
    }
}
