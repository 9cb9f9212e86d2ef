using Slipway.Coordination.Signals.Stores;
using Xunit;

namespace Slipway.Testing.Signals;

/// <content>Watching, from this process and from another.</content>
public abstract partial class SignalStoreConformance
{
    /// <summary>What is there, then what comes, from whoever; the end comes after the last.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task WatchAsync_FromAPosition_GivesOldAndNewOnceAndEnds(int after)
    {
        await Store.AppendAsync(Id, Bodies(1, 5));
        await using var watch = Store.WatchAsync(Id, after).GetAsyncEnumerator();
        var seen = new List<string>();
        for (var i = after; i < 5; i++)
        {
            Assert.True(await watch.MoveNextAsync());
            seen.Add(Text(watch.Current));
        }

        var next = watch.MoveNextAsync().AsTask();
        await Store.AppendAsync(Id, Bodies(6, 2));
        await Other.AppendAsync(Id, Bodies(8, 2));
        await Other.TryCompleteAsync(Id);
        for (; await next; next = watch.MoveNextAsync().AsTask()) seen.Add(Text(watch.Current));

        Assert.Equal(Texts(after + 1, 9 - after), seen);
    }

    /// <summary>One can wait for a coordination that another process will begin.</summary>
    [Fact]
    public async Task WatchAsync_CoordinationToCome_WaitsForIt()
    {
        await using var watch = Store.WatchAsync(Id, 0).GetAsyncEnumerator();
        var next = watch.MoveNextAsync().AsTask();
        Assert.Equal(default, await Store.GetStateAsync(Id));

        Assert.Equal(1, await Other.AppendAsync(Id, Bodies(1, 1)));

        Assert.True(await next);
        Assert.Equal((1, Texts(1, 1).Single()), (watch.Current.Position, Text(watch.Current)));
    }

    /// <summary>A completed coordination is given whole, then the watch ends.</summary>
    [Fact]
    public async Task WatchAsync_CompletedCoordination_GivesItAndEnds()
    {
        await Store.AppendAsync(Id, Bodies(1, 3));
        await Store.TryCompleteAsync(Id);

        Assert.Equal(Texts(2, 2), (await ToListAsync(Other.WatchAsync(Id, 1))).Select(Text));
    }

    /// <summary>A watch of what is deleted ends.</summary>
    [Fact]
    public async Task WatchAsync_CoordinationIsDeleted_Ends()
    {
        await Store.AppendAsync(Id, Bodies(1, 1));
        await using var watch = Store.WatchAsync(Id, 0).GetAsyncEnumerator();
        await watch.MoveNextAsync();
        var next = watch.MoveNextAsync().AsTask();

        Assert.True(await Other.TryDeleteAsync(Id));

        Assert.False(await next);
    }

    /// <summary>A coordination that has not reached the position was deleted before the watch began.</summary>
    [Fact]
    public async Task WatchAsync_FromAPositionThatIsNotThere_Ends()
    {
        await Store.AppendAsync(Id, Bodies(1, 2));

        Assert.Empty(await ToListAsync(Store.WatchAsync(Id, 3)));
        Assert.Empty(await ToListAsync(Store.WatchAsync("unknown", 1)));
    }

    /// <summary>A watch ends when it is told to, whether it waits or not.</summary>
    [Fact]
    public async Task WatchAsync_Cancelled_Throws()
    {
        await Store.AppendAsync(Id, Bodies(1, 1));
        using var cancellation = new CancellationTokenSource();
        await using var watch = Store.WatchAsync(Id, 0, cancellation.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await watch.MoveNextAsync();
        var next = watch.MoveNextAsync().AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    /// <summary>Other coordinations are none of a watch's business, and many watches see the same.</summary>
    [Fact]
    public async Task WatchAsync_WhileManyAppend_SeesEverySignalOnceInOrder()
    {
        var watches = Enumerable.Range(0, 4).Select(number => Task.Run(() => ToListAsync((number % 2 == 0 ? Store : Other).WatchAsync(Id, 0)))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? Store : Other;
            for (var i = 0; i < 25; i++)
            {
                await store.AppendAsync(Id, Bodies((writer * 100) + i, 1));
                await store.AppendAsync("other", Bodies(0, 1));
            }
        })));
        await Store.TryCompleteAsync(Id);

        var stored = await ReadAsync();
        Assert.Equal(200, stored.Count);
        foreach (var seen in await Task.WhenAll(watches))
            Assert.Equal(stored.Select(signal => (signal.Position, Text(signal))), seen.Select(signal => (signal.Position, Text(signal))));
    }
}
