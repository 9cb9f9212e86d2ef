using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State.Stores;

public sealed class StoredStateTests
{
    private readonly InMemoryStateStore _store = new();

    [Fact]
    public async Task UpdateAsync_StoreRefuses_ShowsNothing()
    {
        var failing = new FailingStore(_store);
        await using var state = await SharedState.OpenAsync(failing, "state");
        failing.FailsAppends = true;

        await Assert.ThrowsAsync<IOException>(() => state.SetAsync("a", Number(1)));

        Assert.Equal((0L, ""), (state.Version, Text(state.Snapshot())));
        failing.FailsAppends = false;
        Assert.Equal(1, (await state.SetAsync("a", Number(1))).Version);
    }

    [Fact]
    public async Task SetAsync_OthersWriteMeanwhile_IsPlannedAnew()
    {
        await using var one = await SharedState.OpenAsync(_store, "state");
        await using var two = await SharedState.OpenAsync(_store, "state");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => (number % 2 == 0 ? one : two).SetAsync($"key-{number}", Number(number))));

        Assert.Equal((200L, 200), ((await _store.LoadAsync("state")).Version, (await _store.LoadAsync("state")).Entries.Count));
    }

    [Fact]
    public async Task CompareAndSetAsync_OfTwoWhoKnowOneVersion_OneWins()
    {
        await using var one = await SharedState.OpenAsync(_store, "state");
        await using var two = await SharedState.OpenAsync(_store, "state");

        var results = await Task.WhenAll(
            one.CompareAndSetAsync(0, "a", Number(1)), two.CompareAndSetAsync(0, "a", Number(2)), one.CompareAndSetKeyAsync("a", null, Number(3)));

        Assert.Single(results, result => result.IsAccepted);
        Assert.All(results.Where(result => !result.IsAccepted), result => Assert.Equal(1, result.Version));
    }

    [Fact]
    public async Task CompareAndSetAsync_NewerVersionThanKnownHere_IsJudgedByTheStore()
    {
        var deaf = new FailingStore(_store) { HearsNothing = true };
        await using var late = await SharedState.OpenAsync(deaf, "state");
        await using var other = await SharedState.OpenAsync(_store, "state");
        await other.SetAsync("a", Number(1));
        Assert.Equal(0, late.Version);

        Assert.Equal(2, (await late.CompareAndSetAsync(1, "a", Number(2))).Version);
        await other.WaitUntilAsync("a", value => value?.GetInt32() == 2);
        await other.SetAsync("a", Number(3));
        Assert.Equal(4, (await late.DeleteAsync("a")).Version);
        await other.WaitUntilAsync("a", value => value is null);
        await other.SetAsync("b", Number(3));
        Assert.True((await late.RollbackAsync(5)).IsAccepted);
    }

    [Fact]
    public async Task Writes_AtOnce_ShareAnAppend()
    {
        var counting = new FailingStore(_store);
        await using var state = await SharedState.OpenAsync(counting, "state");
        counting.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = Enumerable.Range(1, 100).Select(number => state.SetAsync($"key-{number:D3}", Number(number))).ToList();
        writes.Add(state.ClearAsync());
        writes.Add(state.ModifyAsync("a", _ => throw new InvalidOperationException("mine")).ContinueWith(_ => default(StateWriteResult)));
        writes.Add(state.SetAsync("last", Number(1)));
        counting.Hold.SetResult();

        var results = await Task.WhenAll(writes);

        Assert.Equal(Enumerable.Range(1, 101).Select(version => (long)version), results.Take(101).Select(result => result.Version));
        Assert.Equal("last=1", Text(state.Snapshot()));
        // The first alone, those that came meanwhile together, the clear by itself, the last.
        Assert.Equal(4, counting.Appends);
    }

    [Fact]
    public async Task Watch_WritesOfAnother_AreToldWithWhoMadeThem()
    {
        await using var one = await SharedState.OpenAsync(_store, "state");
        await using var two = await SharedState.OpenAsync(_store, "state");
        var changes = two.Watch();
        await one.UpdateAsync(new StateBatch().Set("a", Number(1)).Set("b", Json("null")), "one");

        await using var watch = changes.GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(("1:update a ->1", "one"), (Text(watch.Current), watch.Current.ChangedBy));
    }

    [Fact]
    public async Task History_LongerThanItsBound_IsTrimmedInTheStoreToo()
    {
        var options = new SharedStateOptions { MaxHistorySize = 20 };
        await using var state = await SharedState.OpenAsync(_store, "state", options);
        for (var i = 1; i <= 200; i++) await state.SetAsync("a", Number(i));

        var kept = await _store.ReadChangesAsync((await _store.LoadAsync("state")).Handle, 0).ToListAsync();
        Assert.InRange(kept.Count, 20, 25);
        await using var again = await SharedState.OpenAsync(_store, "state", options);
        Assert.Equal(180, again.GetMetrics().OldestKeptVersion);
        Assert.True((await again.RollbackAsync(180)).IsAccepted);
        Assert.Equal("a=180", Text(again.Snapshot()));
    }

    [Fact]
    public async Task Follow_ChangesTrimmedBeforeTheyWereRead_TakesTheWholeOver()
    {
        var deaf = new FailingStore(_store) { HearsNothing = true };
        await using var late = await SharedState.OpenAsync(deaf, "state");
        await using var other = await SharedState.OpenAsync(_store, "state", new SharedStateOptions { MaxHistorySize = 4 });
        var changes = late.Watch();
        for (var i = 1; i <= 30; i++) await other.SetAsync($"key-{i % 2}", Number(i));

        Assert.Equal(31, (await late.SetAsync("mine", Number(1))).Version);

        Assert.Equal("key-0=30 key-1=29 mine=1", Text(late.Snapshot()));
        await using var watch = changes.GetAsyncEnumerator();
        var seen = new List<string>();
        while (seen.Count < 3 && await watch.MoveNextAsync()) seen.Add(Text(watch.Current));
        Assert.Equal(["29:set key-1 ->29", "30:set key-0 ->30", "31:set mine ->1"], seen);
    }

    [Fact]
    public async Task DeleteAsync_StateOpen_RefusesWritesAndEndsWatches()
    {
        await using var state = await SharedState.OpenAsync(_store, "state");
        await state.SetAsync("a", Number(1));
        var watching = state.Watch().ToListAsync();

        await _store.DeleteAsync("state");

        Assert.Equal(new StateDeleted("state"), (await state.SetAsync("a", Number(2))).Problem);
        Assert.Equal("SLW5334", new StateDeleted("state").ToDiagnostic().Code);
        await state.Completion;
        Assert.Empty(await watching);
        Assert.Equal("a=1", Text(state.Snapshot()));
    }

    [Fact]
    public async Task Completion_WatchOfTheStoreFails_FaultsAndWritesSayWhy()
    {
        var failing = new FailingStore(_store) { FailsWatches = true };
        await using var state = await SharedState.OpenAsync(failing, "state");

        await Assert.ThrowsAsync<IOException>(() => state.Completion);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => state.SetAsync("a", Number(1)));
        Assert.IsType<IOException>(exception.InnerException);
    }

    [Fact]
    public async Task DisposeAsync_Open_EndsWatchesAndRefusesWrites()
    {
        var state = await SharedState.OpenAsync(_store, "state");
        var watching = state.Watch().ToListAsync();
        await state.DisposeAsync();

        Assert.Empty(await watching);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => state.SetAsync("a", Number(1)));
    }

    private sealed class FailingStore(IStateStore inner) : IStateStore
    {
        public bool FailsAppends { get; set; }

        public bool FailsWatches { get; init; }

        public bool HearsNothing { get; init; }

        public TaskCompletionSource? Hold { get; set; }

        public int Appends { get; private set; }

        public ValueTask<StateImage> LoadAsync(string name, CancellationToken cancellationToken = default) => inner.LoadAsync(name, cancellationToken);

        public async ValueTask<StateAppend> AppendAsync(StateHandle state, IReadOnlyList<StateChange> changes, CancellationToken cancellationToken = default)
        {
            Appends++;
            if (Hold is { } hold) await hold.Task;
            if (FailsAppends) throw new IOException("The disk is full.");
            return await inner.AppendAsync(state, changes, cancellationToken);
        }

        public IAsyncEnumerable<StateChange> ReadChangesAsync(StateHandle state, long afterVersion, CancellationToken cancellationToken = default) =>
            inner.ReadChangesAsync(state, afterVersion, cancellationToken);

        public async IAsyncEnumerable<StateChange> WatchAsync(
            StateHandle state, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            if (FailsWatches) throw new IOException("The connection is gone.");
            if (HearsNothing) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            await foreach (var change in inner.WatchAsync(state, afterVersion, cancellationToken)) yield return change;
        }

        public ValueTask TrimAsync(StateHandle state, long throughVersion, CancellationToken cancellationToken = default) =>
            inner.TrimAsync(state, throughVersion, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);

        public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, cancellationToken);
    }
}
