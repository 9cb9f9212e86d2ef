using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Sqlite.Reading;
using Slipway.Storage.Sqlite.Tables;
using Slipway.Storage.Sqlite.Writing;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Sqlite;

/// <summary>What the parts of a store share: the writing connection with its groups, the reading ones, the clock, and who waits.</summary>
internal sealed class SqliteSession : IAsyncDisposable
{
    private readonly FileWatcher _watcher;

    public SqliteSession(SqliteStoreOptions options, TimeProvider time, SqliteDatabase writing)
    {
        Options = options;
        Time = time;
        Writing = writing;
        Writes = new GroupCommit(writing, time);
        Readers = new ReaderPool(options);
        Bell = new ChangeBell(_ =>
        {
            _watcher!.Start();
            return ValueTask.CompletedTask;
        });
        _watcher = new FileWatcher(options, Bell);
    }

    public SqliteStoreOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Now, to the millisecond, as times are stored.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds());

    public SqliteDatabase Writing { get; }

    public GroupCommit Writes { get; }

    public ReaderPool Readers { get; }

    public ChangeBell Bell { get; }

    public ValueTask<T> WriteAsync<T>(Func<JournalTables, T> work, CancellationToken cancellationToken) =>
        Writes.WriteAsync(new TableWrite<T>(work), cancellationToken);

    /// <summary>Writes, and wakes who waits for a topic when that has changed anything.</summary>
    public async ValueTask<bool> ChangeAsync(string topic, Func<JournalTables, bool> change, CancellationToken cancellationToken)
    {
        var isChanged = await WriteAsync(change, cancellationToken);
        if (isChanged) Bell.Ring(topic);
        return isChanged;
    }

    /// <summary>Reads on a connection of one's own.</summary>
    public ValueTask<T> ReadAsync<T>(Func<StatementCache, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<T>(Readers.Read(reader => read(reader.Statements)));
    }

    public async ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        Bell.Close();
        Readers.Dispose();
        await Writes.DisposeAsync();
    }
}
