using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>The writing side of the events.</summary>
internal sealed class EventTable(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _position = database.Prepare(
        """
        SELECT run_no, (SELECT max(event_no) FROM events WHERE event_no BETWEEN run_no << 32 AND (run_no << 32) + 0xffffffff)
        FROM leases WHERE run_id = ?1 AND fencing_token = ?2 AND expires_at > ?3
        """);

    private readonly SqliteStatement _insert =
        database.Prepare("INSERT INTO events (event_no, at, type, payload) VALUES (?1, ?2, ?3, ?4)");

    private readonly SqliteStatement _removeRun =
        database.Prepare("DELETE FROM events WHERE event_no BETWEEN ?1 AND ?2");

    /// <summary>Where a writer stands whose token is the newest of its run, was not given back and has not expired.</summary>
    /// <returns>The run's number and the sequence of its newest event, 0 when it has none; null when the lease is lost.</returns>
    public (long RunNumber, long NewestSequence)? FindPosition(ReadOnlySpan<byte> runId, long token, long now)
    {
        if (!_position.Bind(1, runId).Bind(2, token).Bind(3, now).Step()) return null;
        var position = (_position.Int64(0), EventNumber.SequenceOf(_position.Int64(1)));
        _position.Reset();
        return position;
    }

    public void Insert(long runNumber, long sequence, long at, ReadOnlySpan<byte> type, ReadOnlySpan<byte> payload) =>
        _insert.Bind(1, EventNumber.Of(runNumber, sequence)).Bind(2, at).Bind(3, type).Bind(4, payload).Run();

    public void RemoveRun(long runNumber) => _removeRun.Bind(1, EventNumber.Before(runNumber)).Bind(2, EventNumber.Last(runNumber)).Run();

    public void Dispose()
    {
        _position.Dispose();
        _insert.Dispose();
        _removeRun.Dispose();
    }
}
