using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>What a write works on, inside a transaction.</summary>
internal sealed class JournalTables(SqliteDatabase database, TimeProvider time) : IDisposable
{
    public RunTable Runs { get; } = new(database);

    public EventTable Events { get; } = new(database);

    public LeaseTable Leases { get; } = new(database);

    /// <summary>Now, to the millisecond, as times are stored.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Removes a run with all that belongs to it, unless somebody may write it now.</summary>
    /// <returns>False when nothing was removed.</returns>
    public bool TryRemoveRun(string runId)
    {
        var lease = Leases.Find(runId);
        if (lease is not null && lease.ExpiresAt > Now) return false;
        if (Runs.Find(runId) is not { } runNumber) return false;
        Runs.Remove(runNumber);
        Events.RemoveRun(runNumber);
        if (lease is not null) Leases.Remove(lease);
        return true;
    }

    public void Dispose()
    {
        Runs.Dispose();
        Events.Dispose();
        Leases.Dispose();
    }
}
