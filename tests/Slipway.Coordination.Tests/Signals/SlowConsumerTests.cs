using Slipway.Coordination.Signals;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>What happens when a consumer does not keep up.</summary>
public sealed class SlowConsumerTests
{
    private readonly SignalRoom _room = new();

    private SignalHub Hub => _room.Hub;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Wait_SubscriptionIsFull_HoldsUpPublishersInOrder(int capacity)
    {
        await using var subscription = Waiting(capacity);
        _room.PublishNotes(1, capacity);

        var first = Hub.PublishAsync(Id, Note(capacity + 1)).AsTask();
        var second = Hub.PublishAsync(Id, Note(capacity + 2)).AsTask();

        Assert.Equal("SLW5310", Assert.Single(Hub.Publish(Id, Note()).Problems).Code);
        Assert.False(first.IsCompleted || second.IsCompleted);
        Assert.Equal(capacity, subscription.Lag);
        Assert.True(subscription.TryRead(out _));
        Assert.Equal(capacity + 1, (await first).Signal!.Position);
        Assert.False(second.IsCompleted);
        Assert.True(subscription.TryRead(out _));
        Assert.Equal(capacity + 2, (await second).Signal!.Position);
        Assert.Equal(Positions(3, capacity), Drain(subscription));
        Assert.Equal(capacity + 2, Hub.GetMetrics(Id)!.TotalSignalsSent);
    }

    [Fact]
    public async Task Wait_PublisherGivesUp_HasPublishedNothing()
    {
        await using var subscription = Waiting(1);
        _room.PublishNotes(1, 1);
        using var cancellation = new CancellationTokenSource();
        var waiting = Hub.PublishAsync(Id, Note(2), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal([1], Drain(subscription));
        Assert.Equal(1, Hub.GetLastPosition(Id));
        Assert.Equal(2, _room.Publish(Note(3)).Position);
    }

    [Fact]
    public async Task Wait_SignalsThatDoNotFit_NeverHoldUpAnybody()
    {
        await using var subscription = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 2, Filter = new SignalFilter { Senders = ["a"] } });

        for (var number = 1; number <= 100; number++) Assert.True(Hub.Publish(Id, Note(number, number is 10 or 20 ? "a" : "b")).IsPublished);

        Assert.False(Hub.Publish(Id, Note(0, "a")).IsPublished);
        Assert.True(Hub.Publish(Id, Note(0, "b")).IsPublished);
        Assert.Equal([10, 20], Drain(subscription));
        Assert.True(Hub.Publish(Id, Note(0, "a")).IsPublished);
    }

    [Fact]
    public async Task Wait_HistoryWouldDropWhatWasNotRead_HoldsUpPublishers()
    {
        var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = 10 });
        await using var subscription = room.Subscribe(new SignalSubscriptionOptions { Filter = new SignalFilter { Senders = ["a"] } });
        room.PublishNotes(1, 5);
        room.Publish(Note(6, "a"));
        room.PublishNotes(7, 9);

        Assert.False(room.Hub.Publish(Id, Note()).IsPublished);

        Assert.Equal([6], Drain(subscription));
        Assert.True(room.Hub.Publish(Id, Note()).IsPublished);
    }

    [Fact]
    public async Task Wait_OneIsFull_HoldsUpAlsoForTheOthers()
    {
        await using var full = Waiting(1);
        await using var other = Waiting(100);
        _room.PublishNotes(1, 1);

        Assert.False(Hub.Publish(Id, Note()).IsPublished);

        await full.DisposeAsync();
        _room.PublishNotes(2, 3);
        Assert.Equal([1, 2, 3, 4], Drain(other));
    }

    [Fact]
    public async Task Wait_TwoPublishersForTwoFullSubscriptions_EachWaitsForItsOwn()
    {
        await using var a = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 1, AgentId = "a" });
        await using var b = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 1, AgentId = "b" });
        _room.Publish(Note(1, "x", "a"));
        _room.Publish(Note(2, "x", "b"));
        var toA = Hub.PublishAsync(Id, Note(3, "x", "a")).AsTask();
        var toB = Hub.PublishAsync(Id, Note(4, "x", "b")).AsTask();

        Assert.Equal([2], Drain(b).Take(1));

        Assert.Equal(3, (await toB).Signal!.Position);
        Assert.False(toA.IsCompleted);
        Assert.Equal([1, 4], Drain(a).Take(2));
        Assert.Equal(4, (await toA).Signal!.Position);
    }

    [Theory]
    [InlineData("dispose")]
    [InlineData("complete")]
    [InlineData("remove")]
    public async Task Wait_TheEndComesWhilePublishersWait_LetsThemGo(string end)
    {
        var subscription = Waiting(1);
        _room.PublishNotes(1, 1);
        var waiting = Hub.PublishAsync(Id, Note(2)).AsTask();

        if (end == "dispose") await subscription.DisposeAsync();
        else if (end == "complete") Hub.Complete(Id);
        else Hub.Remove(Id);

        var result = await waiting;
        if (end == "complete") Assert.Equal("SLW5309", Assert.Single(result.Problems).Code);
        else Assert.Equal(end == "remove" ? 1 : 2, result.Signal!.Position);
    }

    [Fact]
    public async Task DropOldest_SubscriptionIsFull_KeepsTheNewestAndCountsTheRest()
    {
        await using var subscription = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 3, SlowConsumer = SlowConsumerPolicy.DropOldest });
        _room.PublishNotes(1, 10);

        Assert.Equal((3, 7), (subscription.Lag, subscription.Dropped));
        Assert.Equal([8, 9, 10], Drain(subscription));
        _room.PublishNotes(11, 2);
        Assert.Equal([11, 12], Drain(subscription));
        Assert.Equal((7, 7), (subscription.Dropped, Hub.GetMetrics(Id)!.DroppedForConsumers));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3)]
    public async Task DropOldest_HistoryDropsToo_CountsEverySignalOnce(int capacity)
    {
        var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = 10 });
        await using var subscription = room.Subscribe(
            new SignalSubscriptionOptions { Capacity = capacity, SlowConsumer = SlowConsumerPolicy.DropOldest, Filter = new SignalFilter { Senders = ["a"] } });

        for (var number = 1; number <= 100; number++) room.Publish(Note(number, number % 2 == 0 ? "a" : "b"));

        var kept = Drain(subscription);
        Assert.Equal(50, kept.Count + subscription.Dropped);
        Assert.Equal(Enumerable.Range(0, Math.Min(5, capacity)).Select(back => 100L - (2 * back)).Reverse(), kept);
    }

    [Fact]
    public async Task DropOldest_FirstLoss_IsLoggedOnce()
    {
        var log = new RecordingLogger();
        var room = new SignalRoom(new SignalHubOptions { Logger = log });
        await using var subscription = room.Subscribe(new SignalSubscriptionOptions { Capacity = 1, SlowConsumer = SlowConsumerPolicy.DropOldest, AgentId = "slow" });
        for (var round = 0; round < 3; round++)
        {
            room.PublishNotes(1, 5);
            Drain(subscription);
        }

        Assert.Contains("slow", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fail_SubscriptionIsFull_EndsItWithWhereToGoOn()
    {
        var subscription = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 3, SlowConsumer = SlowConsumerPolicy.Fail });
        var fine = Waiting(100);
        _room.PublishNotes(1, 3);
        Assert.True(subscription.TryRead(out _));
        _room.PublishNotes(4, 1);
        Assert.Equal(1, Hub.GetMetrics(Id)!.TotalSignalsReceived);

        _room.PublishNotes(5, 1);

        Assert.Equal(1, Hub.Subscriptions);
        var exception = await Assert.ThrowsAsync<SignalOverflowException>(() => ReadToEndAsync(subscription));
        Assert.Equal((Id, 2), (exception.CoordinationId, exception.NextPosition));
        Assert.Equal([1, 2, 3, 4, 5], Drain(fine));
        Assert.Equal([2, 3, 4, 5], Drain(_room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.At(exception.NextPosition) })));
    }

    [Fact]
    public async Task Fail_SignalsThatDoNotFit_DoNotCount()
    {
        await using var subscription = _room.Subscribe(new SignalSubscriptionOptions
        {
            Capacity = 1,
            SlowConsumer = SlowConsumerPolicy.Fail,
            Filter = new SignalFilter { Senders = ["a"] },
        });
        _room.Publish(Note(1, "a"));
        _room.PublishNotes(2, 100);

        Assert.Equal([1], Drain(subscription));
    }

    [Fact]
    public async Task Fail_WhileAnotherHoldsThePublisherUp_DoesNotFailYet()
    {
        await using var waits = Waiting(2);
        await using var fails = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 2, SlowConsumer = SlowConsumerPolicy.Fail });
        _room.PublishNotes(1, 2);
        var third = Hub.PublishAsync(Id, Note(3)).AsTask();

        Assert.Equal([1, 2], Drain(fails));
        Assert.True(waits.TryRead(out _));
        await third;

        Assert.Equal([3], Drain(fails));
    }

    [Fact]
    public async Task Restore_SubscriptionIsFull_GoesBeyondRatherThanLose()
    {
        var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = 4 });
        await using var waits = room.Subscribe(new SignalSubscriptionOptions { Capacity = 2 });
        await using var drops = room.Subscribe(new SignalSubscriptionOptions { Capacity = 2, SlowConsumer = SlowConsumerPolicy.DropOldest });

        for (var position = 1; position <= 10; position++) room.Hub.Restore(room.Hub.Prepare(Id, Note(position), position).Signal!);

        Assert.Equal(10, room.Hub.GetMetrics(Id)!.HistorySize);
        Assert.False(room.Hub.Publish(Id, Note()).IsPublished);
        Assert.Equal(Positions(1, 10), Drain(waits));
        Assert.Equal([9, 10], Drain(drops));
        Assert.True(room.Hub.Publish(Id, Note()).IsPublished);
        Assert.Equal(4, room.Hub.GetMetrics(Id)!.HistorySize);
    }

    private SignalSubscription Waiting(int capacity) => _room.Subscribe(new SignalSubscriptionOptions { Capacity = capacity });
}
