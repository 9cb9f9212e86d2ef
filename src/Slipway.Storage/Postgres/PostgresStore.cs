using Slipway.Coordination.Approvals;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Signals.Stores;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Postgres.Tables;
using Slipway.Storage.Postgres.Writing;
using Slipway.Storage.Stores;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Postgres;

/// <summary>
/// All that coordination keeps, in one schema of a PostgreSQL database, for any number of processes and machines. Every member fails with a
/// <see cref="StorageException"/> when the server or the way to it does.
/// </summary>
public sealed class PostgresStore : IAsyncDisposable
{
    private readonly PostgresSession _session;
    private readonly JournalWrites _writes;
    private readonly PostgresListener _listener;
    private readonly ChangeBell _bell;
    private int _isClosed;

    private PostgresStore(PostgresStoreOptions options, PostgresSession session)
    {
        _session = session;
        _bell = new ChangeBell(cancellationToken => _listener!.ListenAsync(cancellationToken));
        _listener = new PostgresListener(session, options.ReconnectDelay, _bell);
        _writes = new JournalWrites(session);
        Journal = new PostgresJournal(session, _writes, options.OwnerProbe, _bell);
        Locks = new LockStore(new PostgresLockTable(session), _bell, session.Timers);
        Approvals = new ApprovalStore(new PostgresApprovalTable(session), _bell, session.Timers);
        Signals = new SignalStore(new PostgresSignalTable(session), _bell);
        State = new StateStore(new PostgresStateTable(session), _bell);
    }

    /// <summary>The runs.</summary>
    public PostgresJournal Journal { get; }

    /// <summary>Who modifies what, across the runs of all processes.</summary>
    public ILockStore Locks { get; }

    /// <summary>Questions to people.</summary>
    public IApprovalStore Approvals { get; }

    /// <summary>Signals that processes share.</summary>
    public ISignalStore Signals { get; }

    /// <summary>States that processes share.</summary>
    public IStateStore State { get; }

    /// <summary>Opens a store, creating or migrating its tables. Processes that start at the same moment do it once.</summary>
    /// <param name="options">Where it lies and how it behaves.</param>
    /// <param name="time">
    /// The clock of leases and events. Default: the server's, which all processes share, so that a machine whose clock is wrong neither loses
    /// its leases nor keeps them too long.
    /// </param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="StorageException">The server cannot be reached or refuses, or the tables are newer than this program.</exception>
    public static async Task<PostgresStore> OpenAsync(PostgresStoreOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PostgresStoreOptions.Validate(options);
        var session = new PostgresSession(options, time);
        try
        {
            await PostgresSchema.Store.PrepareAsync(session, cancellationToken);
            return new PostgresStore(options, session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finishes the writes under way, ends who waits and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        _bell.Close();
        await _listener.DisposeAsync();
        await _writes.DisposeAsync();
        await _session.DisposeAsync();
    }
}
