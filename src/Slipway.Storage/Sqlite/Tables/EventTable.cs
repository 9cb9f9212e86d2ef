using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>The writing side of the events.</summary>
internal sealed class EventTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _newest =
        database.Prepare("SELECT sequence FROM events WHERE run_id = ?1 ORDER BY sequence DESC LIMIT 1");

    private readonly SqliteStatement _insert =
        database.Prepare("INSERT INTO events (run_id, sequence, at, type, payload) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly SqliteStatement _removeRun =
        database.Prepare("DELETE FROM events WHERE run_id = ?1");

    /// <summary>The sequence of a run's newest event, 0 when it has none.</summary>
    public long NewestSequence(ReadOnlySpan<byte> runId)
    {
        if (!_newest.Bind(1, runId).Step()) return 0;
        var sequence = _newest.Int64(0);
        _newest.Reset();
        return sequence;
    }

    public void Insert(ReadOnlySpan<byte> runId, long sequence, long at, ReadOnlySpan<byte> type, ReadOnlySpan<byte> payload) =>
        _insert.Bind(1, runId).Bind(2, sequence).Bind(3, at).Bind(4, type).Bind(5, payload).Run();

    public void RemoveRun(string runId) => _removeRun.Bind(1, runId).Run();

    public void Dispose()
    {
        _newest.Dispose();
        _insert.Dispose();
        _removeRun.Dispose();
    }
}
