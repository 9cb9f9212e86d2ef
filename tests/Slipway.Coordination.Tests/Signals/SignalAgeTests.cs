using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Stores;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Signals go out of history when their time is over, also where the coordination goes on.</summary>
public sealed class SignalAgeTests
{
    private static readonly SignalDraft Note = new(new SignalType("note"));
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TimeToLive_OfACoordinationThatGoesOn_EndsForEachSignal()
    {
        var hub = new SignalHub(new SignalHubOptions { Time = _time });
        for (var hour = 0; hour < 48; hour++)
        {
            hub.Publish("c", Note);
            _time.Advance(TimeSpan.FromHours(1));
        }

        hub.Publish("c", Note);

        Assert.Equal(Enumerable.Range(25, 25).Select(position => (long)position), hub.GetHistory("c", new SignalHistoryQuery { OldestFirst = true }).Select(signal => signal.Position));
        Assert.Equal((24, 25), (hub.GetMetrics("c")!.DroppedFromHistory, hub.GetMetrics("c")!.HistorySize));
    }

    [Theory]
    [InlineData(SlowConsumerPolicy.Wait)]
    [InlineData(SlowConsumerPolicy.DropOldest)]
    [InlineData(SlowConsumerPolicy.Fail)]
    public async Task TimeToLive_WhatAConsumerHasYetToRead_IsKept(SlowConsumerPolicy policy)
    {
        var hub = new SignalHub(new SignalHubOptions { Time = _time });
        hub.Publish("c", Note);
        await using var subscription = hub.Subscribe("c", new SignalSubscriptionOptions { SlowConsumer = policy });
        for (var i = 0; i < 3; i++)
        {
            hub.Publish("c", Note);
            _time.Advance(TimeSpan.FromHours(23));
        }

        hub.Publish("c", Note);
        hub.Complete("c");
        var seen = new List<long>();
        await foreach (var signal in subscription) seen.Add(signal.Position);

        Assert.Equal([2, 3, 4, 5], seen);
        Assert.Equal(1, hub.GetMetrics("c")!.DroppedFromHistory);
    }

    [Fact]
    public void TimeToLive_None_KeepsSignalsWhateverTheirAge()
    {
        var hub = new SignalHub(new SignalHubOptions { Time = _time, TimeToLive = null });
        hub.Publish("c", Note);
        _time.Advance(TimeSpan.FromDays(400));
        hub.Publish("c", Note);

        Assert.Equal(2, hub.GetHistory("c").Count);
    }

    [Fact]
    public async Task PruneAsync_OverAStore_RemovesWhatIsOlderAndTellsLateSubscribersWhatIsMissing()
    {
        var store = new InMemorySignalStore();
        await using (var hub = new SignalHub(new SignalHubOptions { Time = _time, Store = store }))
        {
            for (var day = 0; day < 4; day++)
            {
                await hub.PublishAsync("c", Note);
                _time.Advance(TimeSpan.FromDays(1));
            }

            Assert.Equal(2, await hub.PruneAsync("c", TimeSpan.FromHours(60)));
            Assert.Equal(0, await hub.PruneAsync("c", TimeSpan.FromHours(60)));
            Assert.Equal(0, await hub.PruneAsync("unknown", TimeSpan.Zero));
        }

        await using var late = new SignalHub(new SignalHubOptions { Time = _time, Store = store, MaxHistorySize = 1 });
        await using var subscription = await late.SubscribeAsync("c", new SignalSubscriptionOptions { From = SignalStart.Beginning });
        await late.CompleteAsync("c");
        var seen = new List<long>();
        await foreach (var signal in subscription) seen.Add(signal.Position);

        Assert.Equal([3, 4], seen);
        Assert.Equal(2, subscription.Missing);
    }

    [Fact]
    public async Task PruneAsync_WithoutAStore_DoesNothing()
    {
        await using var hub = new SignalHub(new SignalHubOptions { Time = _time });
        hub.Publish("c", Note);

        Assert.Equal(0, await hub.PruneAsync("c", TimeSpan.Zero));
        Assert.Single(hub.GetHistory("c"));
    }
}
