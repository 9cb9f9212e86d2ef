using Slipway.Coordination.Approvals;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Signals.Stores;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Postgres;
using Slipway.Testing.Approvals;
using Slipway.Testing.Feeds;
using Slipway.Testing.Locks;
using Slipway.Testing.Postgres;
using Slipway.Testing.Signals;
using Slipway.Testing.State;

namespace Slipway.Storage.Tests.Postgres;

/// <summary>A schema with as many stores open as a test wants.</summary>
internal sealed class OpenedSchema(PostgresFixture postgres) : IAsyncDisposable
{
    private readonly List<PostgresStore> _stores = [];
    private PostgresStoreOptions? _options;

    public string Name => _options!.Schema;

    public async Task<PostgresStore> OpenAsync(TimeProvider? time = null)
    {
        _options ??= (await PostgresStores.NewOptionsAsync(postgres)) with { ReconnectDelay = TimeSpan.FromMilliseconds(10) };
        _stores.Add(await PostgresStore.OpenAsync(_options, time));
        return _stores[^1];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
    }
}

public sealed class PostgresLockConformanceTests(PostgresFixture postgres) : LockConformance
{
    private readonly OpenedSchema _schema = new(postgres);

    protected override async ValueTask<ILockStore> CreateAsync(TimeProvider time) => (await _schema.OpenAsync(time)).Locks;

    protected override ValueTask CleanUpAsync() => _schema.DisposeAsync();
}

public sealed class PostgresApprovalConformanceTests(PostgresFixture postgres) : ApprovalConformance
{
    private readonly OpenedSchema _schema = new(postgres);

    protected override async ValueTask<IApprovalStore> CreateAsync(TimeProvider time) => (await _schema.OpenAsync(time)).Approvals;

    protected override ValueTask CleanUpAsync() => _schema.DisposeAsync();
}

public sealed class PostgresSignalConformanceTests(PostgresFixture postgres) : SignalStoreConformance
{
    private readonly OpenedSchema _schema = new(postgres);

    protected override async ValueTask<ISignalStore> CreateAsync() => (await _schema.OpenAsync()).Signals;

    protected override async ValueTask<ISignalStore> OpenAnotherAsync(ISignalStore store) => (await _schema.OpenAsync()).Signals;

    protected override ValueTask CleanUpAsync() => _schema.DisposeAsync();
}

public sealed class PostgresStateConformanceTests(PostgresFixture postgres) : StateStoreConformance
{
    private readonly OpenedSchema _schema = new(postgres);

    protected override async ValueTask<IStateStore> CreateAsync() => (await _schema.OpenAsync()).State;

    protected override async ValueTask<IStateStore> ReopenAsync() => (await _schema.OpenAsync()).State;

    protected override ValueTask CleanUpAsync() => _schema.DisposeAsync();
}

public sealed class PostgresFeedConformanceTests(PostgresFixture postgres) : FeedConformance
{
    private readonly OpenedSchema _schema = new(postgres);

    protected override async ValueTask<IRunFeed> OpenAsync(TimeProvider time) => (await _schema.OpenAsync(time)).Journal;

    protected override ValueTask CleanUpAsync() => _schema.DisposeAsync();
}

public sealed class PostgresRequestConformanceTests(PostgresFixture postgres) : RequestConformance
{
    private readonly OpenedSchema _schema = new(postgres);

    protected override async ValueTask<IRunRequests> OpenAsync(TimeProvider time) => (await _schema.OpenAsync(time)).Journal;

    protected override ValueTask CleanUpAsync() => _schema.DisposeAsync();
}
