using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite;

/// <summary>
/// What the disk gives: one insert of an event's size per commit, by prepared statements on a table like that of the journal, with
/// the settings of the journal, and nothing else.
/// </summary>
public sealed class BareCommits : IDisposable
{
    private static readonly byte[] Payload = new byte[120].Select(_ => (byte)'x').ToArray();
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _insert;
    private long _sequence;

    /// <summary>Opens a new file.</summary>
    /// <param name="file">Where.</param>
    /// <exception cref="StorageException">The file cannot be used.</exception>
    public BareCommits(string file)
    {
        _database = SqliteDatabase.Open(file, create: true, TimeSpan.FromSeconds(10));
        _database.Execute(
            """
            PRAGMA auto_vacuum=INCREMENTAL;
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=FULL;
            PRAGMA journal_size_limit=16777216;
            CREATE TABLE events (event_no INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL);
            """);
        _insert = _database.Prepare("INSERT INTO events VALUES (?1, ?2, ?3, ?4)");
    }

    /// <summary>Commits one insert after the other.</summary>
    /// <param name="count">How many.</param>
    public void Commit(int count)
    {
        for (var commit = 0; commit < count; commit++)
            _insert.Bind(1, ++_sequence).Bind(2, 1_700_000_000_000).Bind(3, "step_succeeded"u8).Bind(4, Payload).Run();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _insert.Dispose();
        _database.Dispose();
    }
}
