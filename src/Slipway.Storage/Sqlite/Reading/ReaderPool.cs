using System.Collections.Concurrent;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite.Reading;

/// <summary>Reading connections, opened when needed and kept for the next reader.</summary>
internal sealed class ReaderPool(SqliteStoreOptions options) : IDisposable
{
    private readonly ConcurrentBag<JournalReader> _idle = [];
    private bool _isClosed;

    /// <summary>Reads with a connection of one's own.</summary>
    public T Read<T>(Func<JournalReader, T> read)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), typeof(SqliteStore));
        if (!_idle.TryTake(out var reader)) reader = Open();
        try
        {
            var result = read(reader);
            _idle.Add(reader);
            return result;
        }
        catch
        {
            // What state the connection is in after a failure is not worth finding out.
            reader.Dispose();
            throw;
        }
        finally
        {
            if (Volatile.Read(ref _isClosed)) Drain();
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _isClosed, true);
        Drain();
    }

    private void Drain()
    {
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private JournalReader Open()
    {
        var database = SqliteDatabase.Open(options.File, create: false, options.BusyTimeout);
        try
        {
            SqliteSchema.Configure(database, options.Synchronous);
            return new JournalReader(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
