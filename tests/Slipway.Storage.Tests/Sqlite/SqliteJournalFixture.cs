using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite;
using Slipway.Testing.Time;

namespace Slipway.Storage.Tests.Sqlite;

/// <summary>What tests of a SQLite journal share: a directory, a clock, and how to open and read.</summary>
public abstract class SqliteJournalFixture : IDisposable
{
    private protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private protected TemporaryDirectory Place { get; } = new();

    private protected ManualTimeProvider Clock { get; } = new();

    private protected string DatabaseFile => Place.File("journal.db");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Place.Dispose();
    }

    private protected static RunEvent Ready(int number) => new StepReady($"step-{number}");

    private protected static RunEvent Large(int size) => new StepHeartbeat("large", 1, new string('x', size), null);

    private protected static async Task<List<JournalEntry>> ReadAsync(IRunJournal journal, string runId)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAsync(runId)) entries.Add(entry);
        return entries;
    }

    private protected static async Task<RunLease> AcquireAsync(IRunJournal journal, string runId, string owner = "one")
    {
        var lease = await journal.TryAcquireAsync(runId, owner, Minute);
        Assert.NotNull(lease);
        return lease;
    }

    private protected static string CodeOf(Action open) => Assert.Throws<StorageException>(open).Diagnostic.Code;

    private protected SqliteJournal Open() => Open(TimeSpan.FromSeconds(10));

    private protected SqliteJournal Open(TimeSpan busyTimeout) =>
        SqliteJournal.Open(new SqliteStoreOptions { File = DatabaseFile, BusyTimeout = busyTimeout }, Clock);
}
