using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>The faults of the original coordination library that signals had, each with the number of its list.</summary>
public sealed class SignalFaultTests
{
    private readonly SignalRoom _room = new();

    private SignalHub Hub => _room.Hub;

    // Fault 1: refused signals were counted as sent.
    [Fact]
    public void Publish_RefusedSignal_IsNotCountedAsSent()
    {
        _room.PublishNotes(1, 1);

        Assert.False(Hub.Publish(Id, new SignalDraft(new SignalType("Workflow Started"))).IsPublished);

        Assert.Equal(1, Hub.GetMetrics(Id)!.TotalSignalsSent);
    }

    // Fault 5: completion was matched by its sender only, and who left the sender out timed out.
    [Fact]
    public async Task Completion_WithoutASender_CountsByTheAgentInItsData()
    {
        var completionOfA = SignalFilter.OfTypes(SignalType.AgentCompleted).And(new SignalFilter { Agents = ["a"] });
        await using var waiting = _room.Subscribe(new SignalSubscriptionOptions { Filter = completionOfA });

        _room.Publish(new SignalDraft(SignalType.AgentCompleted, Json("""{"agent_id":"a","quality_score":0.9}""")));
        _room.Publish(new SignalDraft(new AgentCompleted { AgentId = "a" }));
        _room.Publish(new SignalDraft(new AgentCompleted { AgentId = "b" }));
        _room.Publish(Note(0, "a"));

        Assert.Equal([1, 2], Drain(waiting));
        Assert.Equal(["a", "b", "a", "a"], Hub.GetHistory(Id).Select(signal => signal.Agent));
        Assert.Null(_room.Publish(Note()).Agent);
    }

    // Fault 6: each signal copied the whole history.
    [Fact]
    public void Publish_WithALongHistory_AllocatesNoMoreThanWithAShortOne()
    {
        _room.PublishNotes(1, 32);
        var draft = Note();
        var early = Cost();
        _room.PublishNotes(1, 9_000);

        Assert.InRange(Cost(), 0, early * 2);

        long Cost()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 200; i++) Hub.Publish(Id, draft);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    // Fault 6: threads that published at once overwrote each other's signals.
    [Fact]
    public async Task Publish_FromManyThreads_LosesNoSignal()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < 500; number++) Hub.Publish(Id, Note((thread * 500) + number));
        })));

        Assert.Equal(Enumerable.Range(0, 4_000), Hub.GetHistory(Id).Select(NumberOf).Order());
        Assert.Equal(Positions(1, 4_000), Hub.GetHistory(Id, new SignalHistoryQuery { OldestFirst = true }).Select(signal => signal.Position));
    }

    // Fault 11: types beyond the built-in ones were rejected.
    [Fact]
    public void Publish_TypeOfOnesOwn_IsAccepted() =>
        Assert.Equal("error_occurred", _room.Publish(new SignalDraft(new SignalType("error_occurred"))).Type.Name);

    // Fault 11: who subscribed late missed what had been published.
    [Fact]
    public async Task Subscribe_Late_SeesWhatWasPublishedBefore()
    {
        _room.PublishNotes(1, 3);
        await using var late = _room.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning });
        _room.PublishNotes(4, 1);

        Assert.Equal([1, 2, 3, 4], Drain(late));
    }

    // Fault 11: two subscriptions of one agent shared a queue, and each signal reached one of them.
    [Fact]
    public async Task Subscribe_TwiceForOneAgent_GivesEachEverySignal()
    {
        var options = new SignalSubscriptionOptions { AgentId = "a" };
        await using var first = _room.Subscribe(options);
        await using var second = _room.Subscribe(options);
        _room.PublishNotes(1, 3);
        _room.Publish(Note(4, "x", "a"));

        Assert.Equal([1, 2, 3, 4], Drain(first));
        Assert.Equal([1, 2, 3, 4], Drain(second));
    }

    // Fault 11: a consumer that left its loop stayed subscribed.
    [Fact]
    public async Task Read_ConsumerBreaksOut_LeavesNoSubscriptionBehind()
    {
        for (var round = 0; round < 100; round++)
        {
            var subscription = _room.Subscribe(new SignalSubscriptionOptions { AgentId = $"agent{round}" });
            _room.PublishNotes(1, 1);
            await foreach (var _ in subscription) break;
        }

        Assert.Equal((0, 0), (Hub.Subscriptions, Hub.GetMetrics(Id)!.Subscriptions));
    }

    // Fault 11: queues were unbounded, and the timeout of a full one never came.
    [Fact]
    public async Task Subscribe_NobodyReads_HoldsNoMoreThanItsCapacity()
    {
        await using var lossy = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 10, SlowConsumer = SlowConsumerPolicy.DropOldest });
        _room.PublishNotes(1, 30_000);

        Assert.Equal((10, 29_990), (lossy.Lag, lossy.Dropped));
        Assert.Equal(10_000, Hub.GetMetrics(Id)!.HistorySize);
    }

    // Fault 13: what belonged to a coordination stayed when it was cleared.
    [Fact]
    public async Task Remove_Coordination_LeavesNothingBehind()
    {
        var reading = ReadToEndAsync(_room.Subscribe(new SignalSubscriptionOptions { AgentId = "a" }));
        var asking = Hub.RequestAsync(Id, "a", "b", new InterAgentMessage { MessageType = "m" });

        Hub.Remove(Id);

        await reading;
        await asking;
        Assert.Equal((0, 0), (Hub.Coordinations, Hub.Subscriptions));
        Assert.Null(_room.Clock.NextDue);
    }

    // Fault 14: what was dropped was not told with its reason.
    [Fact]
    public async Task GetMetrics_SignalsWereDropped_SaysWhereAndHowMany()
    {
        var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = 20 });
        await using var lossy = room.Subscribe(new SignalSubscriptionOptions { Capacity = 5, SlowConsumer = SlowConsumerPolicy.DropOldest });
        room.PublishNotes(1, 50);
        Drain(lossy);

        var metrics = room.Hub.GetMetrics(Id)!;

        Assert.Equal((45, 30, 20), (metrics.DroppedForConsumers, metrics.DroppedFromHistory, metrics.HistorySize));
    }

    // Fault 15: the documents named two defaults for the size of the history.
    [Fact]
    public void MaxHistorySize_Default_IsTenThousandAndIsKept()
    {
        _room.PublishNotes(1, 10_001);

        Assert.Equal(10_000, new SignalHubOptions().MaxHistorySize);
        Assert.Equal((10_000, 1), (Hub.GetHistory(Id).Count, Hub.GetMetrics(Id)!.DroppedFromHistory));
    }

    // Fault 15: the time to live was written down and not done.
    [Fact]
    public void TimeToLive_Default_IsADayAndIsKept()
    {
        _room.PublishNotes(1, 1);
        _room.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Single(Hub.GetHistory(Id));

        _room.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Empty(Hub.GetHistory(Id));
    }

    // Fault 15: the time a signal took was measured without its delivery.
    [Fact]
    public async Task GetMetrics_Propagation_EndsWhenTheConsumerHasTheSignal()
    {
        await using var slow = _room.Subscribe();
        _room.PublishNotes(1, 1);
        Assert.Equal(0, Hub.GetMetrics(Id)!.MaxPropagationMs);
        _room.Clock.Advance(TimeSpan.FromMilliseconds(250));

        Drain(slow);

        Assert.Equal(250, Hub.GetMetrics(Id)!.MaxPropagationMs);
    }

    // Fault 16: timestamps were naive.
    [Fact]
    public void Timestamp_Always_IsUtc() => Assert.Equal(TimeSpan.Zero, _room.Publish(Note()).Timestamp.Offset);

    // Fault 16: there was no back-pressure and no way to cancel.
    [Fact]
    public async Task PublishAsync_ConsumerIsSlow_WaitsAndCanBeCancelled()
    {
        await using var slow = _room.Subscribe(new SignalSubscriptionOptions { Capacity = 1 });
        _room.PublishNotes(1, 1);
        using var cancellation = new CancellationTokenSource();
        var waiting = Hub.PublishAsync(Id, Note(2), cancellation.Token).AsTask();
        Assert.False(waiting.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    // Fault 16: nothing was durable, and no other process could see a signal.
    [Fact]
    public async Task Store_SharedByTwoHubs_KeepsSignalsAndBringsThemAcross()
    {
        var store = new TestSignalStore();
        await using var here = new SignalHub(new SignalHubOptions { Store = store });
        await using var there = new SignalHub(new SignalHubOptions { Store = store });
        await here.PublishAsync(Id, Note(1));

        await using var signals = (await there.SubscribeAsync(Id, new SignalSubscriptionOptions { From = SignalStart.Beginning })).GetAsyncEnumerator();
        Assert.True(await signals.MoveNextAsync());
        await here.PublishAsync(Id, Note(2));
        Assert.True(await signals.MoveNextAsync());

        Assert.Equal(2, NumberOf(signals.Current));
    }
}
