using Slipway.Coordination.Approvals;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Signals.Stores;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Sqlite;
using Slipway.Testing.Approvals;
using Slipway.Testing.Feeds;
using Slipway.Testing.Locks;
using Slipway.Testing.Signals;
using Slipway.Testing.State;

namespace Slipway.Storage.Tests.Sqlite;

/// <summary>A file with as many stores open as a test wants.</summary>
internal sealed class OpenedFile : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<SqliteStore> _stores = [];

    public SqliteStore Open(TimeProvider? time = null)
    {
        var options = new SqliteStoreOptions { File = _directory.File("store.db"), Synchronous = SqliteSynchronous.Normal, WatchInterval = TimeSpan.FromMilliseconds(5) };
        _stores.Add(SqliteStore.Open(options, time ?? TimeProvider.System));
        return _stores[^1];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        _directory.Dispose();
    }
}

public sealed class SqliteLockConformanceTests : LockConformance
{
    private readonly OpenedFile _file = new();

    protected override ValueTask<ILockStore> CreateAsync(TimeProvider time) => new(_file.Open(time).Locks);

    protected override ValueTask CleanUpAsync() => _file.DisposeAsync();
}

public sealed class SqliteApprovalConformanceTests : ApprovalConformance
{
    private readonly OpenedFile _file = new();

    protected override ValueTask<IApprovalStore> CreateAsync(TimeProvider time) => new(_file.Open(time).Approvals);

    protected override ValueTask CleanUpAsync() => _file.DisposeAsync();
}

public sealed class SqliteSignalConformanceTests : SignalStoreConformance
{
    private readonly OpenedFile _file = new();

    protected override ValueTask<ISignalStore> CreateAsync() => new(_file.Open().Signals);

    protected override ValueTask<ISignalStore> OpenAnotherAsync(ISignalStore store) => new(_file.Open().Signals);

    protected override ValueTask CleanUpAsync() => _file.DisposeAsync();
}

public sealed class SqliteStateConformanceTests : StateStoreConformance
{
    private readonly OpenedFile _file = new();

    protected override ValueTask<IStateStore> CreateAsync() => new(_file.Open().State);

    protected override ValueTask<IStateStore> ReopenAsync() => new(_file.Open().State);

    protected override ValueTask CleanUpAsync() => _file.DisposeAsync();
}

public sealed class SqliteFeedConformanceTests : FeedConformance
{
    private readonly OpenedFile _file = new();

    protected override ValueTask<IRunFeed> OpenAsync(TimeProvider time) => new(_file.Open(time).Journal);

    protected override ValueTask CleanUpAsync() => _file.DisposeAsync();
}

public sealed class SqliteRequestConformanceTests : RequestConformance
{
    private readonly OpenedFile _file = new();

    protected override ValueTask<IRunRequests> OpenAsync(TimeProvider time) => new(_file.Open(time).Journal);

    protected override ValueTask CleanUpAsync() => _file.DisposeAsync();
}
