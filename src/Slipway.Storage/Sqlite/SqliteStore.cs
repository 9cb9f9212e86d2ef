using Slipway.Coordination.Approvals;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Signals.Stores;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Sqlite.Tables;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Sqlite;

/// <summary>
/// All that coordination keeps, in one SQLite file in write-ahead-log mode. Any number of threads and processes of one machine may use the file
/// together. Every member fails with a <see cref="StorageException"/> when the file or its disk does.
/// </summary>
public sealed class SqliteStore : IAsyncDisposable
{
    private readonly SqliteSession _session;

    private SqliteStore(SqliteSession session)
    {
        _session = session;
        Journal = new SqliteJournal(session);
        Locks = new LockStore(new SqliteLockTable(session), session.Bell, session.Time);
        Approvals = new ApprovalStore(new SqliteApprovalTable(session), session.Bell, session.Time);
        Signals = new SignalStore(new SqliteSignalTable(session), session.Bell);
        State = new StateStore(new SqliteStateTable(session), session.Bell);
    }

    /// <summary>The runs.</summary>
    public SqliteJournal Journal { get; }

    /// <summary>Who modifies what, across the runs of all processes.</summary>
    public ILockStore Locks { get; }

    /// <summary>Questions to people.</summary>
    public IApprovalStore Approvals { get; }

    /// <summary>Signals that processes share.</summary>
    public ISignalStore Signals { get; }

    /// <summary>States that processes share.</summary>
    public IStateStore State { get; }

    /// <summary>Opens a store, creating or migrating the file.</summary>
    /// <param name="options">Where it lies and how it behaves.</param>
    /// <param name="time">The clock of leases and events.</param>
    /// <exception cref="StorageException">The file cannot be used; it is as it was.</exception>
    public static SqliteStore Open(SqliteStoreOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        SqliteStoreOptions.Validate(options);
        var database = SqliteDatabase.Open(options.File, options.CreateIfMissing, options.BusyTimeout);
        try
        {
            SqliteSchema.Journal.Prepare(database, options.Synchronous, options.BusyTimeout, time);
            return new SqliteStore(new SqliteSession(options, time, database));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Finishes the writes under way, ends who waits and closes the file.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
