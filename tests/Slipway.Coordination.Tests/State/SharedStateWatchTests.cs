using System.Text.Json;
using Slipway.Coordination.State;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State;

public sealed class SharedStateWatchTests
{
    [Fact]
    public async Task Watch_ChangesBetweenTheCallAndTheEnumeration_AreTold()
    {
        using var state = new SharedState();
        state.Set("before", Number(0));
        var changes = state.Watch();
        state.Set("a", Number(1));

        Assert.Equal(["2:set a ->1"], await TakeAsync(changes, 1));
        state.Delete("a");
        Assert.Equal(["2:set a ->1", "3:delete a 1->"], await TakeAsync(changes, 2));
        Assert.Equal(0, state.GetMetrics().Watchers);
    }

    [Fact]
    public async Task Watch_KeyOrPrefix_TellsOnlyThese()
    {
        using var state = new SharedState();
        var key = state.Watch(new StateWatchOptions { Key = "build.errors" });
        var prefix = state.Watch(new StateWatchOptions { Prefix = "build." });
        state.Update(new StateBatch().Set("build", Number(1)).Set("build.errors", Number(2)).Set("build.time", Number(3)));
        state.Set("Build.errors", Number(4));
        state.Delete("build.errors");

        Assert.Equal(["1:update build.errors ->2", "3:delete build.errors 2->"], await TakeAsync(key, 2));
        Assert.Equal(["1:update build.errors ->2", "1:update build.time ->3", "3:delete build.errors 2->"], await TakeAsync(prefix, 3));
    }

    [Fact]
    public async Task Watch_FromAKeptVersion_TellsAllSinceThen()
    {
        using var state = new SharedState();
        for (var i = 1; i <= 4; i++) state.Set("a", Number(i));

        Assert.Equal(["3:set a 2->3", "4:set a 3->4"], await TakeAsync(state.Watch(new StateWatchOptions { FromVersion = 2 }), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Watch(new StateWatchOptions { FromVersion = 5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Watch(new StateWatchOptions { FromVersion = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Watch(new StateWatchOptions { Capacity = 0 }));
    }

    [Fact]
    public async Task Watch_FromAVersionNoLongerKept_FailsInsteadOfSkipping()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 2 });
        for (var i = 1; i <= 4; i++) state.Set("a", Number(i));

        var lost = await Assert.ThrowsAsync<StateVersionLostException>(() => TakeAsync(state.Watch(new StateWatchOptions { FromVersion = 1 }), 1));
        Assert.Equal(1, lost.Version);
    }

    [Fact]
    public async Task Watch_HistoryGoneBeforeTheEnumeration_TellsTheNewestOfEachKey()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 2 });
        state.Set("gone", Number(0));
        var changes = state.Watch();
        for (var i = 1; i <= 4; i++) state.Set("a", Number(i));
        state.Delete("gone");

        Assert.Equal(["5:set a ->4", "6:delete gone 0->"], await TakeAsync(changes, 2));
        await Assert.ThrowsAsync<StateVersionLostException>(() => TakeAsync(Fails(), 1));

        IAsyncEnumerable<StateChangeRecord> Fails()
        {
            var failing = state.Watch(new StateWatchOptions { WhenFull = StateWatchLag.Fail });
            for (var i = 1; i <= 4; i++) state.Set("a", Number(i));
            return failing;
        }
    }

    [Fact]
    public async Task Watch_ConsumerTooSlowAndCoalescing_IsToldTheNewestOfEachKeyAndThenGoesOn()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 0 });
        await using var watch = state.Watch(new StateWatchOptions { Capacity = 3 }).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        state.Set("start", Number(1));
        Assert.True(await first);

        for (var i = 1; i <= 50; i++) state.Set($"key-{i % 2}", Number(i));
        state.Delete("start");

        // What waited when the watcher was full, and all since, told as one.
        Assert.Equal(["50:set key-1 ->49", "51:set key-0 ->50", "52:delete start 1->"], await TakeAsync(watch, 3));
        state.Set("next", Number(1));
        Assert.Equal(["53:set next ->1"], await TakeAsync(watch, 1));
    }

    [Fact]
    public async Task Watch_ManyChangesOfOtherKeys_FillNoWatcher()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 0 });
        await using var watch = state.Watch(new StateWatchOptions { Key = "a", Capacity = 1, WhenFull = StateWatchLag.Fail }).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        for (var i = 0; i < 100; i++) state.Set("b", Number(i));
        state.Set("a", Number(1));

        Assert.True(await first);
        Assert.Equal("101:set a ->1", Text(watch.Current));
    }

    [Theory]
    [InlineData(StateWatchLag.Fail)]
    [InlineData(StateWatchLag.Wait)]
    public async Task Watch_ConsumerTooSlowForSynchronousWriters_FailsAfterWhatWaits(StateWatchLag policy)
    {
        using var state = new SharedState();
        await using var watch = state.Watch(new StateWatchOptions { Capacity = 2, WhenFull = policy }).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        state.Set("a", Number(1));
        Assert.True(await first);
        for (var i = 2; i <= 5; i++) state.Set("a", Number(i));

        Assert.Equal(["2:set a 1->2", "3:set a 2->3"], await TakeAsync(watch, 2));
        var lost = await Assert.ThrowsAsync<StateVersionLostException>(async () => await watch.MoveNextAsync());
        Assert.Equal(3, lost.Version);
    }

    [Fact]
    public async Task Watch_WaitingWritersAndASlowConsumer_LosesNothing()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 0 });
        var changes = state.Watch(new StateWatchOptions { Capacity = 2, WhenFull = StateWatchLag.Wait });
        var writing = Task.Run(async () =>
        {
            await state.WaitUntilAsync("go", value => value is not null);
            for (var i = 1; i <= 500; i++) await state.UpdateAsync(new StateBatch().Set("a", Number(i)));
        });

        var seen = new List<long>();
        await using var watch = changes.GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        state.Set("go", Number(1));
        Assert.True(await first);
        while (seen.Count < 500 && await watch.MoveNextAsync())
        {
            seen.Add(watch.Current.NewValue!.Value.GetInt64());
            if (seen.Count % 50 == 0) await Task.Yield();
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, 500).Select(number => (long)number), seen);
    }

    [Fact]
    public async Task Watch_WatcherThatIsWaitedForLeaves_LetsWritersGoOn()
    {
        using var state = new SharedState();
        var watch = state.Watch(new StateWatchOptions { Capacity = 1, WhenFull = StateWatchLag.Wait }).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        state.Set("a", Number(1));
        Assert.True(await first);
        await state.UpdateAsync(new StateBatch().Set("a", Number(2)));
        var waiting = state.UpdateAsync(new StateBatch().Set("a", Number(3))).AsTask();
        Assert.False(waiting.IsCompleted);

        await watch.DisposeAsync();

        Assert.Equal(3, (await waiting).Version);
    }

    [Fact]
    public async Task Watch_StateDisposed_EndsAfterWhatWaits()
    {
        var state = new SharedState();
        var changes = state.Watch();
        var consuming = ToListAsync(changes);
        state.Set("a", Number(1));
        state.Set("a", Number(2));
        state.Dispose();

        Assert.Equal(["1:set a ->1", "2:set a 1->2"], await consuming);
        Assert.Equal(["1:set a ->1", "2:set a 1->2"], await ToListAsync(changes));
    }

    [Fact]
    public async Task Watch_Cancelled_ThrowsAndLeavesNoWatcherBehind()
    {
        using var state = new SharedState();
        using var cancellation = new CancellationTokenSource();
        var consuming = ToListAsync(state.Watch(cancellationToken: cancellation.Token));
        Assert.Equal(1, state.GetMetrics().Watchers);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => consuming);
        Assert.Equal(0, state.GetMetrics().Watchers);
    }

    [Fact]
    public async Task WaitUntilAsync_ValueSetLater_GivesItsVersion()
    {
        using var state = new SharedState();
        state.Set("ready", Json("false"));
        var waiting = state.WaitUntilAsync("ready", value => value?.ValueKind is JsonValueKind.True);
        state.Set("other", Json("true"));
        Assert.False(waiting.IsCompleted);
        state.Set("ready", Json("true"));

        Assert.Equal(3, await waiting);
        Assert.Equal(3, await state.WaitUntilAsync("ready", value => value?.ValueKind is JsonValueKind.True));
        Assert.Equal(3, await state.WaitUntilAsync("missing", value => value is null));
    }

    [Fact]
    public async Task WaitUntilAsync_StateDisposed_Throws()
    {
        var state = new SharedState();
        var waiting = state.WaitUntilAsync("ready", value => value is not null);

        state.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    private static async Task<List<string>> TakeAsync(IAsyncEnumerable<StateChangeRecord> changes, int count)
    {
        await using var watch = changes.GetAsyncEnumerator();
        return await TakeAsync(watch, count);
    }

    private static async Task<List<string>> TakeAsync(IAsyncEnumerator<StateChangeRecord> watch, int count)
    {
        var texts = new List<string>();
        while (texts.Count < count && await watch.MoveNextAsync()) texts.Add(Text(watch.Current));
        return texts;
    }

    private static async Task<List<string>> ToListAsync(IAsyncEnumerable<StateChangeRecord> changes)
    {
        var texts = new List<string>();
        await foreach (var change in changes) texts.Add(Text(change));
        return texts;
    }
}
