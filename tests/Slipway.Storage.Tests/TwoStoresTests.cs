using System.Text;
using Npgsql;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Signals.Stores;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Postgres;
using Slipway.Storage.Tests.Postgres;
using Slipway.Storage.Tests.Sqlite;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests;

/// <summary>Two stores over the same data, as two processes have them.</summary>
public abstract class TwoStoresTests
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Locks_HeldThroughTheOther_AreWaitedForAndGivenInOrder()
    {
        var (one, two) = await OpenAsync();
        var held = await one.Locks.AcquireAsync(Request("a", "vpc"));
        var blocked = new TaskCompletionSource<ResourceLock>(TaskCreationOptions.RunContinuationsAsynchronously);
        var large = two.Locks.AcquireAsync(Request("large", "vpc", "db"), blocked.SetResult).AsTask();
        Assert.Equal(held.FencingToken, (await blocked.Task.WaitAsync(Patience)).FencingToken);
        var small = one.Locks.AcquireAsync(Request("small", "db")).AsTask();

        await one.Locks.ReleaseAsync(held);
        var second = await large.WaitAsync(Patience);
        Assert.False(small.IsCompleted);
        await two.Locks.ReleaseAsync(second);

        Assert.True((await small.WaitAsync(Patience)).FencingToken > second.FencingToken);
    }

    [Fact]
    public async Task Approvals_DecidedThroughTheOther_WakeWhoWaits()
    {
        var (one, two) = await OpenAsync();
        await one.Approvals.RequestAsync(new ApprovalRequest { Id = "q", RunId = "run", StepId = "a", Question = "?", RequestedAt = DateTimeOffset.UnixEpoch });
        var waiting = one.Approvals.WaitAsync("q").AsTask();

        await two.Approvals.DecideAsync("q", new ApprovalDecision { IsApproved = true, By = "ann" });

        Assert.Equal("ann", (await waiting.WaitAsync(Patience)).Decision!.By);
    }

    [Fact]
    public async Task DisposeAsync_SomebodyWaits_EndsTheWait()
    {
        var (one, two) = await OpenAsync();
        await two.Locks.AcquireAsync(Request("a", "vpc"));
        var blocked = new TaskCompletionSource<ResourceLock>(TaskCreationOptions.RunContinuationsAsynchronously);
        var locking = one.Locks.AcquireAsync(Request("b", "vpc"), blocked.SetResult).AsTask();
        await blocked.Task.WaitAsync(Patience);
        await using var watch = one.State.WatchAsync((await one.State.LoadAsync("state")).Handle, 0).GetAsyncEnumerator();
        var watching = watch.MoveNextAsync().AsTask();

        await one.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => locking.WaitAsync(Patience));
        Assert.False(await watching.WaitAsync(Patience));
    }

    private protected abstract Task<(OpenedStore One, OpenedStore Two)> OpenAsync();

    private protected static LockRequest Request(string step, params string[] resources) => new()
    {
        RunId = "run",
        StepId = step,
        Owner = "host/1",
        Resources = resources,
        Duration = TimeSpan.FromHours(1),
    };

    /// <summary>What the stores of all databases have.</summary>
    private protected sealed record OpenedStore(ILockStore Locks, IApprovalStore Approvals, ISignalStore Signals, IStateStore State, Func<ValueTask> DisposeAsync);
}

public sealed class TwoSqliteStoresTests : TwoStoresTests, IAsyncDisposable
{
    private readonly OpenedFile _file = new();

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private protected override Task<(OpenedStore One, OpenedStore Two)> OpenAsync() => Task.FromResult((Open(), Open()));

    private OpenedStore Open()
    {
        var store = _file.Open();
        return new OpenedStore(store.Locks, store.Approvals, store.Signals, store.State, store.DisposeAsync);
    }
}

public sealed class TwoPostgresStoresTests(PostgresFixture postgres) : TwoStoresTests, IAsyncDisposable
{
    private readonly OpenedSchema _schema = new(postgres);

    [Fact]
    public async Task Signals_ListeningConnectionLost_NothingIsMissed()
    {
        var (one, two) = await OpenAsync();
        await using var watch = one.Signals.WatchAsync("c", 0).GetAsyncEnumerator();
        for (var number = 1; number <= 3; number++)
        {
            var next = watch.MoveNextAsync().AsTask();
            await PostgresFixture.ExecuteAsync(
                await postgres.GetSharedDatabaseAsync(),
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN {_schema.Name}_changes'");

            await two.Signals.AppendAsync("c", [Encoding.UTF8.GetBytes("{}")]);

            Assert.True(await next.WaitAsync(Patience));
            Assert.Equal(number, watch.Current.Position);
        }
    }

    /// <summary>A broken way tells nobody that it is broken: whoever listens has to ask.</summary>
    [Fact]
    public async Task Signals_WayToTheServerBreaksWithoutAWord_IsNoticedAndNothingIsMissed()
    {
        var (_, two) = await OpenAsync();
        var direct = await postgres.GetSharedDatabaseAsync();
        await using var way = new FreezingProxy(direct);
        var options = new PostgresStoreOptions
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(direct) { Host = "127.0.0.1", Port = way.Port, Pooling = false }.ConnectionString,
            Schema = _schema.Name,
            KeepAlive = TimeSpan.FromSeconds(1),
            ReconnectDelay = TimeSpan.FromMilliseconds(10),
        };
        await using var far = await PostgresStore.OpenAsync(options);
        await using var watch = far.Signals.WatchAsync("c", 0).GetAsyncEnumerator();
        var next = watch.MoveNextAsync().AsTask();
        await two.Signals.AppendAsync("c", [Encoding.UTF8.GetBytes("{}")]);
        Assert.True(await next.WaitAsync(Patience));
        next = watch.MoveNextAsync().AsTask();

        way.Freeze();
        await two.Signals.AppendAsync("c", [Encoding.UTF8.GetBytes("{}")]);

        Assert.True(await next.WaitAsync(Patience));
    }

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    private protected override async Task<(OpenedStore One, OpenedStore Two)> OpenAsync() => (await OpenOneAsync(), await OpenOneAsync());

    private async Task<OpenedStore> OpenOneAsync()
    {
        var store = await _schema.OpenAsync();
        return new OpenedStore(store.Locks, store.Approvals, store.Signals, store.State, store.DisposeAsync);
    }
}
