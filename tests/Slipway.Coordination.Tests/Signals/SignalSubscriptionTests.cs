using Slipway.Coordination.Signals;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Who gets which signal, from where on, and how it ends.</summary>
public sealed class SignalSubscriptionTests
{
    private readonly SignalRoom _room = new();

    private SignalHub Hub => _room.Hub;

    [Fact]
    public async Task Subscribe_Now_GetsWhatComesAfterEvenBeforeItIsRead()
    {
        _room.PublishNotes(1, 2);
        await using var subscription = _room.Subscribe();
        _room.PublishNotes(3, 2);

        Assert.Equal([3, 4], Drain(subscription));
        Assert.Equal((2, 0, 0, 0), (subscription.Delivered, subscription.Dropped, subscription.Missing, subscription.Lag));
    }

    [Theory]
    [InlineData(1, new long[] { 1, 2, 3, 4 })]
    [InlineData(3, new long[] { 3, 4 })]
    [InlineData(4, new long[] { 4 })]
    [InlineData(5, new long[] { })]
    public async Task Subscribe_FromAPosition_ReplaysAndGoesOn(long from, long[] replayed)
    {
        _room.PublishNotes(1, 4);
        await using var subscription = _room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.At(from) });

        Assert.Equal(replayed, Drain(subscription));
        _room.PublishNotes(5, 2);
        Assert.Equal([5, 6], Drain(subscription));
    }

    [Fact]
    public async Task Subscribe_FromAPositionToCome_BeginsThere()
    {
        await using var subscription = _room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.At(3) });
        var reading = ReadToEndAsync(subscription);
        _room.PublishNotes(1, 5);
        Hub.Complete(Id);

        Assert.Equal([3, 4, 5], await reading);
    }

    [Fact]
    public async Task Subscribe_FromWhatHistoryKeepsNoMore_BeginsAtTheOldestAndSaysHowManyAreMissing()
    {
        var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = 10 });
        room.PublishNotes(1, 25);
        await using var subscription = room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.At(4) });

        Assert.Equal(12, subscription.Missing);
        Assert.Equal(10, subscription.Lag);
        Assert.Equal(Positions(16, 10), Drain(subscription));
    }

    [Fact]
    public async Task Subscribe_ReplayOfMoreThanItsCapacity_HoldsUpNobodyAndMissesNothing()
    {
        var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = 50 });
        room.PublishNotes(1, 50);
        await using var fails = room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning, Capacity = 10, SlowConsumer = SlowConsumerPolicy.Fail });
        await using var drops = room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning, Capacity = 10, SlowConsumer = SlowConsumerPolicy.DropOldest });
        await using var waits = room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning, Capacity = 10 });

        room.PublishNotes(51, 10);

        Assert.Equal(Positions(1, 60), Drain(waits));
        Assert.Equal(Positions(1, 60), Drain(drops));
        Assert.Equal(Positions(1, 60), Drain(fails));
    }

    [Fact]
    public async Task Subscribe_AddressedSignals_ReachTheirRecipientsOnly()
    {
        await using var a = _room.Subscribe(new SignalSubscriptionOptions { AgentId = "a" });
        await using var b = _room.Subscribe(new SignalSubscriptionOptions { AgentId = "b" });
        await using var anonymous = _room.Subscribe();
        await using var display = _room.Subscribe(new SignalSubscriptionOptions { IncludeAddressed = true });

        _room.Publish(Note(1));
        _room.Publish(Note(2, "x", "a"));
        _room.Publish(Note(3, "x", "b", "c"));
        _room.Publish(Note(4, "x", "c", "a", "b", "a"));

        Assert.Equal([1, 2, 4], Drain(a));
        Assert.Equal([1, 3, 4], Drain(b));
        Assert.Equal([1], Drain(anonymous));
        Assert.Equal([1, 2, 3, 4], Drain(display));
    }

    [Fact]
    public async Task Subscribe_WaitingForAddressedSignals_AreWokenForTheirsOnly()
    {
        var readers = new[] { "a", "b", null }.Select(agent => ReadToEndAsync(_room.Subscribe(new SignalSubscriptionOptions { AgentId = agent }))).ToArray();
        var display = ReadToEndAsync(_room.Subscribe(new SignalSubscriptionOptions { IncludeAddressed = true }));

        _room.Publish(Note(1, "x", "a"));
        _room.Publish(Note(2, "x", "b", "a"));
        _room.Publish(Note(3));
        Hub.Complete(Id);

        Assert.Equal([[1, 2, 3], [2, 3], [3]], await Task.WhenAll(readers));
        Assert.Equal([1, 2, 3], await display);
    }

    [Fact]
    public async Task Subscribe_WithFilter_GetsWhatFits()
    {
        await using var subscription = _room.Subscribe(new SignalSubscriptionOptions { Filter = new SignalFilter { Senders = ["a"] } });

        for (var number = 1; number <= 6; number++) _room.Publish(Note(number, number % 3 == 0 ? "a" : "b"));

        Assert.Equal(2, subscription.Lag);
        Assert.Equal([3, 6], Drain(subscription));
    }

    [Fact]
    public async Task Read_UntilCompleted_DrainsThenEnds()
    {
        var subscription = _room.Subscribe();
        _room.PublishNotes(1, 3);
        Hub.Complete(Id);

        Assert.Equal([1, 2, 3], await ReadToEndAsync(subscription));
        Assert.Equal(0, Hub.Subscriptions);
    }

    [Fact]
    public async Task Subscribe_AfterCompletion_ReplaysThenEnds()
    {
        _room.PublishNotes(1, 3);
        Hub.Complete(Id);

        Assert.Equal([2, 3], await ReadToEndAsync(_room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.At(2) })));
        Assert.Equal(0, Hub.Subscriptions);
    }

    [Fact]
    public async Task Read_ConsumerBreaks_IsUnsubscribed()
    {
        _room.PublishNotes(1, 3);
        await foreach (var signal in _room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning }))
        {
            Assert.Equal(1, Hub.Subscriptions);
            if (signal.Position == 2) break;
        }

        Assert.Equal((0, 0), (Hub.Subscriptions, Hub.GetMetrics(Id)!.Subscriptions));
        Assert.Equal(2, Hub.GetMetrics(Id)!.TotalSignalsReceived);
    }

    [Fact]
    public async Task Read_ConsumerThrows_IsUnsubscribed()
    {
        _room.PublishNotes(1, 1);
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var _ in _room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning })) throw new FormatException();
        });

        Assert.Equal(0, Hub.Subscriptions);
    }

    [Fact]
    public async Task Read_CancelledWhileWaiting_ThrowsAndIsUnsubscribed()
    {
        using var cancellation = new CancellationTokenSource();
        var enumerator = _room.Subscribe().GetAsyncEnumerator(cancellation.Token);
        var next = enumerator.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal(0, Hub.Subscriptions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_CancelledBetweenSignals_ThrowsAtTheNext(bool replaying)
    {
        using var cancellation = new CancellationTokenSource();
        if (replaying) _room.PublishNotes(1, 3);
        var subscription = _room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning });
        if (!replaying) _room.PublishNotes(1, 3);
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in subscription.WithCancellation(cancellation.Token))
            {
                seen++;
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal((1, 0), (seen, Hub.Subscriptions));
    }

    [Fact]
    public async Task Read_TokenCancelledBefore_ThrowsAtOnce()
    {
        var subscription = _room.Subscribe();
        _room.PublishNotes(1, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in subscription.WithCancellation(new CancellationToken(canceled: true))) Assert.Fail("Nothing is given.");
        });
    }

    [Fact]
    public async Task Dispose_WhileTheConsumerWaits_EndsItsLoop()
    {
        var subscription = _room.Subscribe();
        var reading = ReadToEndAsync(subscription);

        await subscription.DisposeAsync();
        await subscription.DisposeAsync();

        Assert.Empty(await reading);
        Assert.Equal(0, Hub.Subscriptions);
    }

    [Fact]
    public async Task Remove_WhileConsumersRead_EndsThemAtOnce()
    {
        var waiting = ReadToEndAsync(_room.Subscribe(new SignalSubscriptionOptions { AgentId = "a" }));
        var behind = _room.Subscribe();
        _room.PublishNotes(1, 1);
        while (Hub.GetMetrics(Id)!.TotalSignalsReceived < 1) await Task.Yield();

        Hub.Remove(Id);

        Assert.Equal([1], await waiting);
        Assert.Empty(Drain(behind));
        Assert.Empty(await ReadToEndAsync(behind));
        Assert.Equal(0, Hub.Subscriptions);
    }

    [Fact]
    public async Task Read_Twice_IsRefused()
    {
        var subscription = _room.Subscribe();
        await using var first = subscription.GetAsyncEnumerator();

        Assert.Throws<InvalidOperationException>(() => subscription.GetAsyncEnumerator());
    }

    [Fact]
    public async Task Read_NextBeforeTheLastIsAwaited_IsRefused()
    {
        await using var enumerator = _room.Subscribe().GetAsyncEnumerator();
        var first = enumerator.MoveNextAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await enumerator.MoveNextAsync());
        _room.PublishNotes(1, 1);
        Assert.True(await first);
    }

    [Fact]
    public async Task Read_ConsumerThatBlocksItsThread_DoesNotBlockThePublisher()
    {
        await using var enumerator = _room.Subscribe().GetAsyncEnumerator();
        using var published = new ManualResetEventSlim();
        var next = enumerator.MoveNextAsync().AsTask();
        var blocks = next.ContinueWith(_ => published.Wait(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        _room.PublishNotes(1, 1);

        published.Set();
        await blocks;
    }

    [Fact]
    public async Task GetMetrics_AfterDelivery_TellsHowLongItTookByTheClock()
    {
        await using var early = _room.Subscribe();
        _room.PublishNotes(1, 2);
        await using var late = _room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning });
        _room.Clock.Advance(TimeSpan.FromMilliseconds(10));
        early.TryRead(out _);
        _room.Clock.Advance(TimeSpan.FromMilliseconds(20));
        early.TryRead(out _);

        Assert.Equal(2, Drain(late).Count);

        var metrics = Hub.GetMetrics(Id)!;
        Assert.Equal((2, 4, 20, 30), (metrics.TotalSignalsSent, metrics.TotalSignalsReceived, metrics.AveragePropagationMs, metrics.MaxPropagationMs));
        Assert.Equal(2, metrics.SignalsByType[Noted]);
        Assert.Equal(2, metrics.Subscriptions);
    }
}
