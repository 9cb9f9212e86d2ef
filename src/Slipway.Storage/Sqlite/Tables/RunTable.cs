using Slipway.Coordination.Feeds;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>One row a run: its number, when it was created and when its first event was appended.</summary>
internal sealed class RunTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _find =
        database.Prepare("SELECT run_no FROM runs WHERE run_id = ?1");

    private readonly SqliteStatement _add =
        database.Prepare("INSERT INTO runs (run_id, created_at) VALUES (?1, ?2)");

    private readonly SqliteStatement _markFirst =
        database.Prepare("UPDATE runs SET first_at = ?2 WHERE run_no = ?1");

    private readonly SqliteStatement _keep =
        database.Prepare("UPDATE runs SET is_open = ?2, priority = coalesce(?3, priority) WHERE run_no = ?1");

    private readonly SqliteStatement _isRunnable =
        database.Prepare("SELECT 1 FROM runs WHERE run_id = ?1 AND is_open AND priority IS NOT NULL");

    private readonly SqliteStatement _remove =
        database.Prepare("DELETE FROM runs WHERE run_no = ?1");

    public long? Find(string runId)
    {
        if (!_find.Bind(1, runId).Step()) return null;
        var number = _find.Int64(0);
        _find.Reset();
        return number;
    }

    /// <summary>Adds a run unless it is known.</summary>
    /// <returns>The number of the run, which is new or was there before.</returns>
    public long Ensure(string runId, DateTimeOffset now)
    {
        if (Find(runId) is { } known) return known;
        _add.Bind(1, runId).Bind(2, now.ToUnixTimeMilliseconds()).Run();
        return database.LastInsertedRow;
    }

    public void MarkFirst(long runNumber, long at) => _markFirst.Bind(1, runNumber).Bind(2, at).Run();

    /// <summary>Keeps who may go on with a run.</summary>
    public void Keep(long runNumber, RunAvailability change)
    {
        _keep.Bind(1, runNumber).Bind(2, change.IsOpen ? 1 : 0);
        if (change.Priority is { } priority) _keep.Bind(3, priority).Run();
        else _keep.BindNull(3).Run();
    }

    /// <summary>Whether any engine may go on with a run while nobody holds it.</summary>
    public bool IsRunnable(string runId) => _isRunnable.Bind(1, runId).Rows(static _ => true).Count > 0;

    public void Remove(long runNumber) => _remove.Bind(1, runNumber).Run();

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _markFirst.Dispose();
        _keep.Dispose();
        _isRunnable.Dispose();
        _remove.Dispose();
    }
}
