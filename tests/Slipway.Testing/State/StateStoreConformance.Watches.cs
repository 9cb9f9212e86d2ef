using Slipway.Coordination.State;
using Xunit;

namespace Slipway.Testing.State;

/// <content>Reading changes and watching for them.</content>
public abstract partial class StateStoreConformance
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>Changes come in order, from where one asks.</summary>
    [Fact]
    public async Task ReadChangesAsync_AfterAVersion_GivesTheLaterOnesInOrder()
    {
        var handle = await BeginWithAsync(1_500);

        Assert.Equal(Enumerable.Range(1, 1_500).Select(version => (long)version), await ReadVersionsAsync(handle));
        Assert.Equal([1_499L, 1_500], await ReadVersionsAsync(handle, 1_498));
        Assert.Empty(await ReadVersionsAsync(handle, 1_500));
        Assert.Empty(await ReadVersionsAsync(handle, 9_999));
        var changes = await ToListAsync(Store.ReadChangesAsync(handle, 1_498));
        Assert.Equal(Text(Change(1_499, ("a", "1499"))), Text(changes[0]));
    }

    /// <summary>A watch begins with what is there and goes on with what anybody appends.</summary>
    [Fact]
    public async Task WatchAsync_ChangesBeforeAndAfter_AreToldInOrderOnce()
    {
        var handle = await BeginWithAsync(3);
        var watching = ToListAsync((await ReopenAsync()).WatchAsync(handle, 1), most: 102);

        for (var version = 4; version <= 103; version++) await Store.AppendAsync(handle, [Change(version, ("a", $"{version}"))]);

        var changes = await watching.WaitAsync(Long);
        Assert.Equal(Enumerable.Range(2, 102).Select(version => (long)version), changes.Select(change => change.Version));
        Assert.Equal(Text(Change(50, ("a", "50"))), Text(changes[48]));
    }

    /// <summary>Several watch at once; each is told all.</summary>
    [Fact]
    public async Task WatchAsync_Several_AreEachToldAll()
    {
        var handle = await BeginAsync();
        var other = await ReopenAsync();
        var watching = Enumerable.Range(0, 4)
            .Select(number => ToListAsync((number % 2 == 0 ? Store : other).WatchAsync(handle, 0), most: 60)).ToList();

        for (var version = 1; version <= 60; version += 2)
            await (version % 4 == 1 ? Store : other).AppendAsync(handle, [Change(version, ("a", "1")), Change(version + 1, ("a", "2"))]);

        foreach (var watch in watching)
        {
            Assert.Equal(Enumerable.Range(1, 60).Select(version => (long)version), (await watch.WaitAsync(Long)).Select(change => change.Version));
        }
    }

    /// <summary>Changes of another state wake nobody wrongly.</summary>
    [Fact]
    public async Task WatchAsync_OtherState_IsNotTold()
    {
        var handle = await BeginAsync();
        var other = await BeginAsync("other");
        var watching = ToListAsync(Store.WatchAsync(handle, 0), most: 1);

        await Store.AppendAsync(other, [Change(1, ("other", "1"))]);
        await Store.AppendAsync(handle, [Change(1, ("mine", "1"))]);

        Assert.Equal(Text(Change(1, ("mine", "1"))), Text(Assert.Single(await watching.WaitAsync(Long))));
    }

    /// <summary>Where older changes were trimmed the versions jump.</summary>
    [Fact]
    public async Task WatchAsync_AfterATrim_BeginsWithTheOldestKept()
    {
        var handle = await BeginWithAsync(5);
        await Store.TrimAsync(handle, 3);

        var changes = await ToListAsync(Store.WatchAsync(handle, 0), most: 2).WaitAsync(Long);

        Assert.Equal([4L, 5], changes.Select(change => change.Version));
    }

    /// <summary>A watch of a state that is gone ends, also when another of its name was begun.</summary>
    [Fact]
    public async Task WatchAsync_StateDeleted_Ends()
    {
        var handle = await BeginWithAsync(1);
        var watching = ToListAsync((await ReopenAsync()).WatchAsync(handle, 0));

        await Store.DeleteAsync("state");
        var anew = await BeginAsync();
        await Store.AppendAsync(anew, [Change(1, ("a", "1")), Change(2, ("a", "2"))]);

        Assert.All(await watching.WaitAsync(Long), change => Assert.Equal(1, change.Version));
        Assert.Empty(await ToListAsync(Store.WatchAsync(handle, 0)).WaitAsync(Long));
    }

    /// <summary>Cancelling ends a watch that waits.</summary>
    [Fact]
    public async Task WatchAsync_Cancelled_Throws()
    {
        var handle = await BeginAsync();
        using var cancellation = new CancellationTokenSource();
        var watching = ToListAsync(Store.WatchAsync(handle, 0, cancellation.Token));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching.WaitAsync(Long));
        Assert.Equal(1, (await Store.AppendAsync(handle, [Change(1, ("a", "1"))])).Version);
    }

    /// <summary>Two who open one state through two stores: comparing and setting loses nothing.</summary>
    [Fact]
    public async Task OpenAsync_TwiceOverOneStorage_LosesNoWrite()
    {
        await using var one = await SharedState.OpenAsync(Store, "state");
        await using var two = await SharedState.OpenAsync(await ReopenAsync(), "state");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            var mine = number % 2 == 0 ? one : two;
            for (var i = 0; i < 10; i++) await mine.ModifyAsync("count", value => Json($"{(value?.GetInt32() ?? 0) + 1}"));
        })));

        await Task.WhenAll(one.WaitUntilAsync("count", IsComplete), two.WaitUntilAsync("count", IsComplete)).WaitAsync(Long);
        Assert.Equal((80L, 80L), (one.Version, two.Version));
        Assert.Equal("count=80@80", Text(await Store.LoadAsync("state")));

        static bool IsComplete(System.Text.Json.JsonElement? value) => value?.GetInt32() == 80;
    }
}
