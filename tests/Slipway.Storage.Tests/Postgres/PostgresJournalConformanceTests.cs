using Slipway.Coordination.Journal;
using Slipway.Storage.Postgres;
using Slipway.Testing.Journals;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests.Postgres;

public sealed class PostgresJournalConformanceTests(PostgresFixture postgres) : JournalConformance
{
    private PostgresStore? _store;

    protected override async ValueTask<IRunJournal> CreateAsync(TimeProvider time)
    {
        _store = await PostgresStores.OpenNewAsync(postgres, time);
        return _store.Journal;
    }

    protected override ValueTask CleanUpAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
