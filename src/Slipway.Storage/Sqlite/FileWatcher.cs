using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Sqlite;

/// <summary>
/// Sees what other processes write, by the number that SQLite counts up with every commit of another connection. It looks only while somebody waits.
/// </summary>
internal sealed class FileWatcher(SqliteStoreOptions options, ChangeBell bell) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteDatabase? _connection;
    private SqliteStatement? _version;
    private ITimer? _timer;
    private long _seen;
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>Begins to look, unless it does already. What is committed from now on will be seen.</summary>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteStore));
            if (_isRunning) return;
            _connection ??= SqliteDatabase.Open(options.File, create: false, options.BusyTimeout);
            _version ??= _connection.Prepare("PRAGMA data_version");
            _seen = Version();
            // Other processes write in real time, whatever clock the store goes by.
            _timer ??= TimeProvider.System.CreateTimer(static state => ((FileWatcher)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(options.WatchInterval, Timeout.InfiniteTimeSpan);
            _isRunning = true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
            _version?.Dispose();
            _connection?.Dispose();
        }
    }

    private void Look()
    {
        var isChanged = false;
        lock (_gate)
        {
            if (_isDisposed) return;
            // Whoever begins to watch from here on starts it again, after this has ended.
            _isRunning = bell.IsWatched;
            if (!_isRunning) return;
            try
            {
                var version = Version();
                isChanged = version != _seen;
                _seen = version;
            }
            catch (StorageException)
            {
                // Whoever waits will look, and be told what is wrong.
                isChanged = true;
            }

            _timer!.Change(options.WatchInterval, Timeout.InfiniteTimeSpan);
        }

        if (isChanged) bell.RingAll();
    }

    private long Version() => _version!.Rows(row => row.Int64(0))[0];
}
