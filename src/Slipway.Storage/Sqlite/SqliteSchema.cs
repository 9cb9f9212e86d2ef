using System.Globalization;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite;

/// <summary>The tables of a database file and how an older file becomes a newer one. Migrations only ever go forward.</summary>
/// <param name="applicationId">Marks a file as ours in its header.</param>
/// <param name="name">What such a file is, for people.</param>
/// <param name="migrations">What makes each version from the one before. The first also makes <c>schema_versions</c>.</param>
internal sealed class SqliteSchema(int applicationId, string name, IReadOnlyList<string> migrations)
{
    /// <summary>"Slwy".</summary>
    private const int JournalId = 0x536c7779;

    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE schema_versions (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL);
        CREATE TABLE runs (
          run_no     INTEGER PRIMARY KEY,
          run_id     TEXT    NOT NULL UNIQUE,
          created_at INTEGER NOT NULL,
          first_at   INTEGER);
        CREATE TABLE events (
          event_no INTEGER PRIMARY KEY,
          at       INTEGER NOT NULL,
          type     TEXT    NOT NULL,
          payload  TEXT    NOT NULL);
        CREATE VIEW run_events AS
          SELECT r.run_id, e.event_no & 0xffffffff AS sequence, e.at, e.type, e.payload
          FROM runs r JOIN events e ON e.event_no BETWEEN r.run_no << 32 AND (r.run_no << 32) + 0xffffffff;
        CREATE TABLE leases (
          run_id        TEXT    NOT NULL PRIMARY KEY,
          run_no        INTEGER NOT NULL,
          owner         TEXT    NOT NULL,
          fencing_token INTEGER NOT NULL,
          expires_at    INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE fencing (id INTEGER PRIMARY KEY CHECK (id = 1), newest_token INTEGER NOT NULL);
        INSERT INTO fencing VALUES (1, 0);
        """,
        """
        CREATE TABLE lock_tickets (
          ticket        INTEGER PRIMARY KEY AUTOINCREMENT,
          run_id        TEXT    NOT NULL,
          step_id       TEXT    NOT NULL,
          owner         TEXT    NOT NULL,
          reason        TEXT,
          fencing_token INTEGER UNIQUE,
          acquired_at   INTEGER,
          expires_at    INTEGER NOT NULL);
        CREATE INDEX lock_tickets_by_expiry ON lock_tickets (expires_at);
        CREATE TABLE lock_resources (resource TEXT NOT NULL, ticket INTEGER NOT NULL, PRIMARY KEY (resource, ticket)) WITHOUT ROWID;
        CREATE INDEX lock_resources_by_ticket ON lock_resources (ticket);
        CREATE TABLE approvals (
          approval_id  TEXT    NOT NULL PRIMARY KEY,
          run_id       TEXT    NOT NULL,
          step_id      TEXT    NOT NULL,
          question     TEXT    NOT NULL,
          detail       TEXT,
          approvers    TEXT    NOT NULL,
          requested_at INTEGER NOT NULL,
          expires_at   INTEGER,
          status       TEXT,
          decided_at   INTEGER,
          decided_by   TEXT,
          note         TEXT,
          answer       TEXT);
        CREATE INDEX approvals_by_run ON approvals (run_id);
        CREATE TABLE coordinations (
          coordination_no INTEGER PRIMARY KEY AUTOINCREMENT,
          coordination_id TEXT    NOT NULL UNIQUE,
          newest_position INTEGER NOT NULL,
          is_completed    INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE signals (
          coordination_no INTEGER NOT NULL,
          position        INTEGER NOT NULL,
          body            TEXT    NOT NULL,
          PRIMARY KEY (coordination_no, position)) WITHOUT ROWID;
        CREATE TABLE states (
          state_no INTEGER PRIMARY KEY AUTOINCREMENT,
          name     TEXT    NOT NULL UNIQUE,
          version  INTEGER NOT NULL DEFAULT 0,
          at       INTEGER);
        CREATE TABLE state_entries (
          state_no INTEGER NOT NULL,
          key      TEXT    NOT NULL,
          value    TEXT    NOT NULL,
          version  INTEGER NOT NULL,
          PRIMARY KEY (state_no, key)) WITHOUT ROWID;
        CREATE TABLE state_changes (
          state_no INTEGER NOT NULL,
          version  INTEGER NOT NULL,
          payload  TEXT    NOT NULL,
          PRIMARY KEY (state_no, version)) WITHOUT ROWID;
        """,
        """
        ALTER TABLE runs ADD COLUMN priority INTEGER;
        ALTER TABLE runs ADD COLUMN is_open INTEGER NOT NULL DEFAULT 0;
        UPDATE runs SET
          priority = (
            SELECT CASE WHEN json_extract(e.payload, '$.parent_run') IS NULL THEN coalesce(json_extract(e.payload, '$.priority'), 50) END
            FROM events e WHERE e.event_no = (run_no << 32) + 1 AND e.type = 'run_started'),
          is_open = coalesce((
            SELECT e.type NOT IN ('run_paused', 'run_finished', 'rollback_started') FROM events e
            WHERE e.event_no = (SELECT max(event_no) FROM events WHERE event_no BETWEEN run_no << 32 AND (run_no << 32) + 0xffffffff)), 0);
        CREATE INDEX runs_open ON runs (priority DESC, run_no) WHERE is_open AND priority IS NOT NULL;
        """,
        "CREATE TABLE stop_requests (run_id TEXT NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID",
    ];

    /// <summary>A journal.</summary>
    public static SqliteSchema Journal { get; } = new(JournalId, "journal", Migrations);

    /// <summary>The version this program writes.</summary>
    public int Version => migrations.Count;

    /// <summary>Makes a connection ready: refuses what is not ours, creates or migrates what is, sets how commits behave.</summary>
    public void Prepare(SqliteDatabase database, SqliteSynchronous synchronous, TimeSpan patience, TimeProvider time)
    {
        if (Look(database) < Version) Migrate(database, time);
        UseWriteAheadLog(database, patience);
        Configure(database, synchronous);
    }

    /// <summary>Sets what is not kept in the file.</summary>
    public static void Configure(SqliteDatabase database, SqliteSynchronous synchronous)
    {
        // fullfsync matters on macOS alone, where fsync leaves data in the drive's cache.
        database.Execute(synchronous == SqliteSynchronous.Full
            ? "PRAGMA synchronous=FULL; PRAGMA fullfsync=1; PRAGMA checkpoint_fullfsync=1"
            : "PRAGMA synchronous=NORMAL");
        database.Execute("PRAGMA journal_size_limit=16777216; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=0");
    }

    /// <summary>Inspects a file at one moment: another process may be making tables in it.</summary>
    /// <returns>The version of its schema.</returns>
    private long Look(SqliteDatabase database)
    {
        database.Execute("BEGIN");
        try
        {
            Inspect(database);
            return database.QueryInt64("PRAGMA user_version");
        }
        finally
        {
            database.Rollback();
        }
    }

    private void Inspect(SqliteDatabase database)
    {
        var application = database.QueryInt64("PRAGMA application_id");
        var version = database.QueryInt64("PRAGMA user_version");
        if (application == applicationId)
        {
            if (version > Version) throw SqliteDiagnostics.Newer(database.Path, version, Version);
            return;
        }

        if (application != 0 || version != 0 || database.QueryInt64("SELECT count(*) FROM sqlite_schema") != 0)
            throw SqliteDiagnostics.Foreign(database.Path, "it is a SQLite database of another program or for another purpose", name);
    }

    private void Migrate(SqliteDatabase database, TimeProvider time)
    {
        // Takes effect only before the first table, and outside a transaction.
        database.Execute("PRAGMA auto_vacuum=INCREMENTAL");
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            // Another process may have been faster, or have made something else of the file.
            Inspect(database);
            var applied = (int)database.QueryInt64("PRAGMA user_version");
            for (var version = applied; version < Version; version++)
            {
                database.Execute(migrations[version]);
                database.Execute(string.Create(
                    CultureInfo.InvariantCulture,
                    $"INSERT INTO schema_versions VALUES ({version + 1}, {time.GetUtcNow().ToUnixTimeMilliseconds()})"));
            }

            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={applicationId}; PRAGMA user_version={Version}"));
            database.Execute("COMMIT");
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    private static void UseWriteAheadLog(SqliteDatabase database, TimeSpan patience)
    {
        var pause = TimeSpan.FromMilliseconds(10);
        for (var waited = TimeSpan.Zero; ; waited += pause)
        {
            try
            {
                var mode = database.QueryText("PRAGMA journal_mode=WAL");
                if (mode != "wal") throw SqliteDiagnostics.NoWal(database.Path, mode);
                return;
            }
            catch (StorageException busy) when (busy.Diagnostic.Code == "SLW5207" && waited < patience)
            {
                // SQLite does not ask its busy handler when two processes change the mode at the same time.
                using var never = new ManualResetEventSlim();
                never.Wait(pause);
            }
        }
    }
}
