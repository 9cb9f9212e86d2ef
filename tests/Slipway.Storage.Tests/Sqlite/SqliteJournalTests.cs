using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite;

namespace Slipway.Storage.Tests.Sqlite;

public sealed class SqliteJournalTests : SqliteJournalFixture
{
    /// <summary>Takes away what a later version of the schema has; without SQLite's own DROP COLUMN, which not every library knows.</summary>
    private const string WithoutFeed =
        """
        DROP TABLE stop_requests;
        DROP INDEX runs_open;
        DROP VIEW run_events;
        CREATE TABLE older (run_no INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, first_at INTEGER);
        INSERT INTO older SELECT run_no, run_id, created_at, first_at FROM runs;
        DROP TABLE runs;
        ALTER TABLE older RENAME TO runs;
        CREATE VIEW run_events AS
          SELECT r.run_id, e.event_no & 0xffffffff AS sequence, e.at, e.type, e.payload
          FROM runs r JOIN events e ON e.event_no BETWEEN r.run_no << 32 AND (r.run_no << 32) + 0xffffffff;
        """;

    [Fact]
    public async Task Open_ExistingFile_KeepsRunsLeasesAndTokens()
    {
        RunLease lease;
        await using (var first = Open())
        {
            lease = await AcquireAsync(first, "run");
            await first.AppendAsync(lease, 0, [Ready(1), Ready(2)]);
        }

        await using var second = Open();

        Assert.Equal(lease, await second.GetLeaseAsync("run"));
        Assert.Equal([Ready(1), Ready(2)], (await ReadAsync(second, "run")).Select(entry => entry.Event));
        Assert.Equal(3, await second.AppendAsync(lease, 2, [Ready(3)]));
    }

    [Fact]
    public async Task Open_OlderFile_IsMigratedAndKeepsItsRuns()
    {
        await using (var older = Open())
        {
            await older.AppendAsync(await AcquireAsync(older, "run"), 0, [Ready(1)]);
            foreach (var table in new[] { "lock_resources", "lock_tickets", "approvals", "coordinations", "signals", "states", "state_entries", "state_changes" })
                older.Writing.Execute($"DROP TABLE {table}");
            older.Writing.Execute($"DELETE FROM schema_versions WHERE version > 1; PRAGMA user_version=1; {WithoutFeed}");
        }

        await using var store = SqliteStore.Open(new SqliteStoreOptions { File = DatabaseFile }, Clock);

        Assert.Equal([Ready(1)], (await ReadAsync(store.Journal, "run")).Select(entry => entry.Event));
        Assert.Equal(0, (await store.State.LoadAsync("state")).Version);
    }

    [Fact]
    public async Task Open_FileFromBeforeTheFeed_TellsWhichOfItsRunsWait()
    {
        await using (var older = Open())
        {
            await OlderRuns.WriteAsync(older);
            older.Writing.Execute($"DELETE FROM schema_versions WHERE version > 2; PRAGMA user_version=2; {WithoutFeed}");
        }

        await using var journal = Open();

        Assert.Equal(OlderRuns.Waiting, (await journal.FindRunnableAsync(10, new HashSet<string>())).RunIds);
        await OlderRuns.ResumePausedAsync(journal);
        Assert.Equal(OlderRuns.WaitingLater, (await journal.FindRunnableAsync(10, new HashSet<string>())).RunIds);
    }

    [Fact]
    public async Task Open_ManyAtOnceOnANewFile_AllWork()
    {
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Open)));
        for (var number = 0; number < journals.Length; number++)
        {
            await journals[number].AppendAsync(await AcquireAsync(journals[number], $"run-{number}"), 0, [Ready(number)]);
        }

        foreach (var journal in journals)
        {
            for (var number = 0; number < journals.Length; number++) Assert.Single(await ReadAsync(journal, $"run-{number}"));
        }

        foreach (var journal in journals) await journal.DisposeAsync();
    }

    [Fact]
    public async Task AppendAsync_TwoJournalsOnOneFile_OnlyTheLeaseHolderWrites()
    {
        await using var one = Open();
        await using var two = Open();
        var late = await AcquireAsync(one, "run", "one");
        Assert.Null(await two.TryAcquireAsync("run", "two", Minute));
        Clock.Advance(Minute);
        var current = await AcquireAsync(two, "run", "two");

        await two.AppendAsync(current, 0, [Ready(1)]);

        await Assert.ThrowsAsync<JournalConflictException>(async () => await one.AppendAsync(late, 1, [Ready(2)]));
        await Assert.ThrowsAsync<JournalConflictException>(async () => await one.AppendAsync(late, 0, [Ready(2)]));
        Assert.Equal([Ready(1)], (await ReadAsync(one, "run")).Select(entry => entry.Event));
    }

    [Fact]
    public async Task AppendAsync_ManyRunsOnTwoJournalsOfOneFile_AllArrive()
    {
        await using var one = Open();
        await using var two = Open();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(run => Task.Run(async () =>
        {
            var journal = run % 2 == 0 ? one : two;
            var lease = await AcquireAsync(journal, $"run-{run}");
            for (var sequence = 0; sequence < 25; sequence++) await journal.AppendAsync(lease, sequence, [Ready(sequence)]);
        })));

        for (var run = 0; run < 16; run++)
            Assert.Equal(Enumerable.Range(0, 25).Select(Ready), (await ReadAsync(one, $"run-{run}")).Select(entry => entry.Event));
    }

    [Fact]
    public async Task AppendAsync_WhileAnotherProcessHoldsTheFile_FailsAsBusyAndWritesNothing()
    {
        await using var journal = SqliteJournal.Open(
            new SqliteStoreOptions { File = DatabaseFile, BusyTimeout = TimeSpan.FromMilliseconds(20) }, Clock);
        await using var other = Open();
        var lease = await AcquireAsync(journal, "run");
        other.Writing.Execute("BEGIN IMMEDIATE");

        var busy = await Assert.ThrowsAsync<StorageException>(async () => await journal.AppendAsync(lease, 0, [Ready(1)]));

        other.Writing.Execute("ROLLBACK");
        Assert.Equal("SLW5207", busy.Diagnostic.Code);
        Assert.Empty(await ReadAsync(journal, "run"));
        Assert.Equal(1, await journal.AppendAsync(lease, 0, [Ready(1)]));
    }

    [Fact]
    public async Task AppendAsync_CancelledWhileWaitingForAnotherWrite_AppendsNothing()
    {
        await using var journal = Open();
        await using var other = Open();
        var first = await AcquireAsync(journal, "first");
        var second = await AcquireAsync(journal, "second");
        other.Writing.Execute("BEGIN IMMEDIATE");
        var blocked = Task.Run(async () => await journal.AppendAsync(first, 0, [Ready(1)]));
        while (!journal.IsWriting) await Task.Yield();
        using var cancellation = new CancellationTokenSource();

        var waiting = journal.AppendAsync(second, 0, [Ready(2)], cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        other.Writing.Execute("ROLLBACK");
        Assert.Equal(1, await blocked);
        Assert.Empty(await ReadAsync(journal, "second"));
        Assert.Equal(1, await journal.AppendAsync(second, 0, [Ready(2)]));
    }

    [Fact]
    public async Task DisposeAsync_WritesUnderWay_AreFinishedAndLaterOnesRefused()
    {
        var journal = Open();
        var leases = new List<RunLease>();
        for (var run = 0; run < 20; run++) leases.Add(await AcquireAsync(journal, $"run-{run}"));
        var appends = leases.Select(lease => Task.Run(async () => await journal.AppendAsync(lease, 0, [Ready(1)]))).ToArray();
        await appends[0];

        await journal.DisposeAsync();
        await journal.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.AppendAsync(leases[0], 1, [Ready(2)]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.GetLeaseAsync("run-0"));
        await Task.WhenAll(appends).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var again = Open();
        for (var run = 0; run < appends.Length; run++)
            Assert.Equal(appends[run].IsCompletedSuccessfully ? 1 : 0, (await ReadAsync(again, $"run-{run}")).Count);
    }

    [Theory]
    [InlineData(SqliteSynchronous.Full, 2)]
    [InlineData(SqliteSynchronous.Normal, 1)]
    public async Task Open_Synchronous_IsSetOnTheWritingConnection(SqliteSynchronous synchronous, int expected)
    {
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = DatabaseFile, Synchronous = synchronous }, Clock);

        Assert.Equal(expected, journal.Writing.QueryInt64("PRAGMA synchronous"));
        Assert.Equal("wal", journal.Writing.QueryText("PRAGMA journal_mode"));
        Assert.Equal(SqliteSchema.Journal.Version, journal.Writing.QueryInt64("PRAGMA user_version"));
    }

    [Fact]
    public async Task RunEventsView_ForPeople_ShowsRunsAndSequences()
    {
        await using var journal = Open();
        await journal.AppendAsync(await AcquireAsync(journal, "a"), 0, [Ready(1)]);
        await journal.AppendAsync(await AcquireAsync(journal, "b"), 0, [Ready(1), Ready(2)]);

        Assert.Equal(
            "a 1 step_ready, b 1 step_ready, b 2 step_ready",
            journal.Writing.QueryText("SELECT group_concat(run_id || ' ' || sequence || ' ' || type, ', ') FROM run_events"));
    }

    [Fact]
    public void Open_BadOptions_Throws()
    {
        foreach (var options in new[]
        {
            new SqliteStoreOptions { File = " " },
            new SqliteStoreOptions { File = DatabaseFile, BusyTimeout = TimeSpan.FromSeconds(-1) },
            new SqliteStoreOptions { File = DatabaseFile, Synchronous = (SqliteSynchronous)7 },
            new SqliteStoreOptions { File = DatabaseFile, WatchInterval = TimeSpan.Zero },
        })
        {
            Assert.Throws<ArgumentException>(() => SqliteJournal.Open(options, Clock));
        }
    }
}
