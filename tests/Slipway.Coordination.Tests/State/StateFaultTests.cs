using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State;

/// <summary>The faults of the original library's state, each by its number there.</summary>
public sealed class StateFaultTests
{
    // 6: what was read, changed and written by many threads got lost.
    [Fact]
    public async Task Modify_FromManyThreads_LosesNoWrite()
    {
        using var state = new SharedState();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++) state.Modify("count", value => Number((value?.GetInt64() ?? 0) + 1));
        })));

        Assert.Equal(4_000, state.GetRequired("count").GetInt32());
        Assert.Equal(4_000, state.Version);
    }

    // 12: version numbers were used again after a rollback, so that a snapshot of an older version of that number was served.
    [Fact]
    public void Rollback_ThenWrites_GivesNoNumberTwiceAndNoStaleSnapshot()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));
        state.Set("a", Number(2));
        var two = state.Snapshot();

        Assert.Equal(3, state.Rollback(1).Version);
        Assert.Equal(4, state.Set("a", Number(4)));

        Assert.Equal((2L, "a=2"), (two.Version, Text(two)));
        Assert.Equal((4L, "a=4"), (state.Snapshot().Version, Text(state.Snapshot())));
        Assert.Equal(new StateKeyConflict("a", 1, 4), state.CompareAndSetKey("a", 1, Number(5)).Problem);
    }

    // 12: null values were lost on rollback.
    [Fact]
    public void Rollback_ToAVersionWithNulls_KeepsThem()
    {
        using var state = new SharedState();
        state.Update(new StateBatch().Set("a", Json("null")).Set("b", Json("[null]")));
        state.Update(new StateBatch().Set("a", Number(1)).Delete("b"));

        state.Rollback(1);

        Assert.Equal("a=null b=[null]", Text(state.Snapshot()));
        Assert.Equal(["3:rollback b ->[null]", "3:rollback a 1->null"], Texts(state.History(limit: 2)));
    }

    // 12: a rollback past a clear gave an empty state without an error.
    [Fact]
    public void Rollback_PastAClear_BringsBackWhatWasThere()
    {
        using var state = new SharedState();
        state.Update(new StateBatch().Set("a", Number(1)).Set("b", Number(2)));
        state.Clear("cleaner");
        state.Set("c", Number(3));

        state.Rollback(1);
        Assert.Equal("a=1 b=2", Text(state.Snapshot()));
        state.Rollback(2);
        Assert.Equal("", Text(state.Snapshot()));
        state.Rollback(3);

        Assert.Equal((6L, "c=3"), (state.Version, Text(state.Snapshot())));
        Assert.Equal(["2:clear a 1->", "1:update a ->1"], Texts(state.History("a")).TakeLast(2));
    }

    // 12: a rollback to version 0 was refused.
    [Fact]
    public void Rollback_ToVersionZero_BringsBackTheBeginning()
    {
        using var state = new SharedState(initial: [KeyValuePair.Create("a", Number(0)), KeyValuePair.Create("n", Json("null"))]);
        state.Update(new StateBatch().Set("a", Number(1)).Delete("n").Set("b", Number(1)));
        state.Clear();

        Assert.Equal(3, state.Rollback(0).Version);
        Assert.Equal("a=0 n=null", Text(state.Snapshot()));
    }

    // 12: each version and each entry of the history was a full copy, and no copy was ever given up.
    [Fact]
    public void Set_InALargeState_CostsTheChangeAndNotACopy()
    {
        using var state = new SharedState(
            new SharedStateOptions { MaxHistorySize = 2_000 },
            Enumerable.Range(0, 20_000).Select(number => KeyValuePair.Create($"key-{number:D5}", Number(number))));
        var value = Number(1);
        state.Set("key-00000", value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            state.Set("key-10000", value);
            state.Snapshot();
        }

        // A copy of 20,000 keys takes more than a megabyte.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000, 1, 5_000);
    }

    // 16: times were naive, so that they meant another moment elsewhere.
    [Fact]
    public void History_Times_AreUtc()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));

        Assert.Equal(TimeSpan.Zero, state.History()[0].Timestamp.Offset);
    }

    // 16: nothing outlived the process, and no other process saw it.
    [Fact]
    public async Task OpenAsync_Again_HasStateAndHistoryAndSeesOthersWrites()
    {
        var store = new InMemoryStateStore();
        await using (var first = await SharedState.OpenAsync(store, "run-1"))
        {
            await first.SetAsync("a", Number(1), "one");
            await first.SetAsync("a", Json("null"), "one");
        }

        await using var second = await SharedState.OpenAsync(store, "run-1");
        await using var third = await SharedState.OpenAsync(store, "run-1");
        Assert.Equal("a=null", Text(second.Snapshot()));
        Assert.Equal(["2:set a 1->null", "1:set a ->1"], Texts(second.History()));
        await third.RollbackAsync(1);
        await second.WaitUntilAsync("a", value => value?.ValueKind is System.Text.Json.JsonValueKind.Number);

        Assert.Equal((3L, "a=1"), (second.Version, Text(second.Snapshot())));
    }

    // 16: waiting could not be cancelled, and writers were not held up by who could not keep up.
    [Fact]
    public async Task UpdateAsync_WatcherFull_WaitsAndCanBeCancelled()
    {
        using var state = new SharedState();
        await using var watch = state.Watch(new StateWatchOptions { Capacity = 1, WhenFull = StateWatchLag.Wait }).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        state.Set("a", Number(1));
        Assert.True(await first);
        await state.UpdateAsync(new StateBatch().Set("a", Number(2)));
        using var cancellation = new CancellationTokenSource();
        var cancelled = state.UpdateAsync(new StateBatch().Set("a", Number(-1)), cancellationToken: cancellation.Token).AsTask();
        var waiting = state.UpdateAsync(new StateBatch().Set("a", Number(3))).AsTask();
        Assert.False(cancelled.IsCompleted || waiting.IsCompleted);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(await watch.MoveNextAsync());

        Assert.Equal(3, (await waiting).Version);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("3:set a 2->3", Text(watch.Current));
    }
}
