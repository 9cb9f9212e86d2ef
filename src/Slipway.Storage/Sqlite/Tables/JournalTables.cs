using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>What a write works on, inside a transaction.</summary>
internal sealed class JournalTables(SqliteDatabase database, TimeProvider time) : IDisposable
{
    public RunTable Runs { get; } = new(database);

    public EventTable Events { get; } = new(database);

    public LeaseTable Leases { get; } = new(database);

    /// <summary>Every other statement of a write.</summary>
    public StatementCache Statements { get; } = new(database);

    /// <summary>How many rows the last statement touched.</summary>
    public int Changes => database.Changes;

    /// <summary>The integer key of the last row that was added.</summary>
    public long LastInsertedRow => database.LastInsertedRow;

    /// <summary>Now, to the millisecond, as times are stored.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Removes a run with all that belongs to it.</summary>
    /// <returns>False when there is no such run.</returns>
    public bool RemoveRun(string runId)
    {
        if (Runs.Find(runId) is not { } runNumber) return false;
        Runs.Remove(runNumber);
        Events.RemoveRun(runNumber);
        Statements["DELETE FROM stop_requests WHERE run_id = ?1"].Bind(1, runId).Run();
        if (Leases.Find(runId) is { } lease) Leases.Remove(lease);
        return true;
    }

    public void Dispose()
    {
        Runs.Dispose();
        Events.Dispose();
        Leases.Dispose();
        Statements.Dispose();
    }
}
