using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite;
using Slipway.Testing.Journals;

namespace Slipway.Storage.Tests.Sqlite;

public sealed class SqliteJournalConformanceTests : JournalConformance
{
    private readonly TemporaryDirectory _directory = new();

    protected override ValueTask<IRunJournal> CreateAsync(TimeProvider time) =>
        new(SqliteJournal.Open(new SqliteStoreOptions { File = _directory.File("journal.db") }, time));

    protected override ValueTask CleanUpAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
