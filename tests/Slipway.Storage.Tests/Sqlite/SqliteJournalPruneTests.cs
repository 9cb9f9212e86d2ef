using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Storage.Sqlite;

namespace Slipway.Storage.Tests.Sqlite;

public sealed class SqliteJournalPruneTests : SqliteJournalFixture
{
    private static readonly RunFinished Done = new(RunStatus.Succeeded);

    [Fact]
    public async Task PruneAsync_ByAge_RemovesFinishedRunsThatAreOlder()
    {
        await using var journal = Open();
        await RunAsync(journal, "old", Ready(1), Done);
        await RunAsync(journal, "old-unfinished", Ready(1));
        Clock.Advance(TimeSpan.FromDays(31));
        await RunAsync(journal, "new", Ready(1), Done);

        var result = await journal.PruneAsync(new JournalRetention { OlderThan = TimeSpan.FromDays(30) });

        Assert.Equal(["old"], result.RemovedRuns);
        Assert.Equal(["new", "old-unfinished"], await ListAsync(journal));
    }

    [Fact]
    public async Task PruneAsync_ByCount_KeepsTheNewest()
    {
        await using var journal = Open();
        for (var run = 0; run < 5; run++)
        {
            await RunAsync(journal, $"run-{run}", Done);
            Clock.Advance(Minute);
        }

        var result = await journal.PruneAsync(new JournalRetention { KeepNewest = 2 });

        Assert.Equal(["run-2", "run-1", "run-0"], result.RemovedRuns);
        Assert.Equal(["run-4", "run-3"], await ListAsync(journal));
    }

    [Fact]
    public async Task PruneAsync_BothRules_RemovesOnlyWhatBothLetGo()
    {
        await using var journal = Open();
        await RunAsync(journal, "a", Done);
        Clock.Advance(TimeSpan.FromDays(10));
        await RunAsync(journal, "b", Done);
        await RunAsync(journal, "c", Done);

        var result = await journal.PruneAsync(new JournalRetention { KeepNewest = 1, OlderThan = TimeSpan.FromDays(5) });

        Assert.Equal(["a"], result.RemovedRuns);
    }

    [Fact]
    public async Task PruneAsync_UnfinishedIncluded_StillKeepsRunsUnderLease()
    {
        await using var journal = Open();
        await RunAsync(journal, "unfinished", Ready(1));
        await journal.AppendAsync(await AcquireAsync(journal, "held"), 0, [Ready(1)]);

        var all = new JournalRetention { KeepNewest = 0, IncludeUnfinished = true };

        Assert.Equal(["unfinished"], await journal.FindPrunableAsync(all));
        Assert.Equal(["unfinished"], (await journal.PruneAsync(all)).RemovedRuns);
        Assert.Equal(["held"], await ListAsync(journal));
    }

    [Fact]
    public async Task PruneAsync_LargeRuns_ShrinksTheFile()
    {
        await using var journal = Open();
        for (var run = 0; run < 4; run++) await RunAsync(journal, $"run-{run}", Large(1_000_000), Done);
        await journal.PruneAsync(new JournalRetention { OlderThan = TimeSpan.FromDays(1) });
        var before = new FileInfo(DatabaseFile).Length;

        var result = await journal.PruneAsync(new JournalRetention { KeepNewest = 1 });

        var after = new FileInfo(DatabaseFile).Length;
        Assert.True(result.FreedBytes > 2_900_000, $"{result.FreedBytes} bytes freed");
        Assert.Equal(before - result.FreedBytes, after);
        Assert.Equal(2, (await ReadAsync(journal, Assert.Single(await ListAsync(journal)))).Count);
    }

    [Fact]
    public async Task FindPrunableAsync_Always_RemovesNothing()
    {
        await using var journal = Open();
        await RunAsync(journal, "run", Done);

        Assert.Equal(["run"], await journal.FindPrunableAsync(new JournalRetention { KeepNewest = 0 }));
        Assert.Equal(["run"], await ListAsync(journal));
    }

    [Fact]
    public async Task FindPrunableAsync_OlderThanTheCalendar_FindsNothing()
    {
        await using var journal = Open();
        await RunAsync(journal, "run", Done);

        Assert.Empty(await journal.FindPrunableAsync(new JournalRetention { OlderThan = TimeSpan.MaxValue }));
    }

    [Fact]
    public async Task PruneAsync_NoRule_Throws()
    {
        await using var journal = Open();

        await Assert.ThrowsAsync<ArgumentException>(async () => await journal.PruneAsync(new JournalRetention()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await journal.PruneAsync(new JournalRetention { KeepNewest = -1 }));
    }

    private static async Task<List<string>> ListAsync(SqliteJournal journal)
    {
        var runs = new List<string>();
        await foreach (var runId in journal.ListRunsAsync()) runs.Add(runId);
        return runs;
    }

    private static async Task RunAsync(SqliteJournal journal, string runId, params RunEvent[] events)
    {
        var lease = await AcquireAsync(journal, runId);
        await journal.AppendAsync(lease, 0, events);
        await journal.ReleaseAsync(lease);
    }
}
