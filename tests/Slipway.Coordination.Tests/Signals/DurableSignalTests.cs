using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Testing.Time;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>A hub over a store, and two hubs over one as two processes have them.</summary>
public sealed class DurableSignalTests : IAsyncDisposable
{
    private readonly TestSignalStore _store = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingLogger _log = new();
    private readonly List<SignalHub> _hubs = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs) await hub.DisposeAsync();
        Assert.Equal(0, _store.Watches);
    }

    [Fact]
    public async Task PublishAsync_OverAStore_IsDurableBeforeAnybodySeesIt()
    {
        var hub = Open();
        await using var subscription = await hub.SubscribeAsync(Id);
        var stored = new TaskCompletionSource();
        _store.BeforeAppend = () => stored.Task;

        var publish = hub.PublishAsync(Id, Note(1)).AsTask();

        Assert.Equal((0, 0), (subscription.Lag, hub.GetLastPosition(Id)));
        stored.SetResult();
        Assert.Equal("build-1/1", (await publish).Signal!.Id);
        await using var signals = subscription.GetAsyncEnumerator();
        Assert.True(await signals.MoveNextAsync());
        Assert.Equal((1, 1), (signals.Current.Position, (await _store.GetStateAsync(Id)).LastPosition));
    }

    [Fact]
    public async Task SubscribeAsync_InAnotherProcess_SeesWhatIsPublishedHere()
    {
        var here = Open();
        var there = Open();
        await using var signals = (await there.SubscribeAsync(Id, new SignalSubscriptionOptions { AgentId = "b" })).GetAsyncEnumerator();

        var sent = (await here.PublishAsync(Id, new AgentCompleted { AgentId = "a", QualityScore = 0.5 }, "a", ["b"])).Signal!;

        Assert.True(await signals.MoveNextAsync());
        var seen = signals.Current;
        Assert.NotSame(sent, seen);
        Assert.Equal((sent.Id, sent.Type, sent.Sender, sent.Timestamp), (seen.Id, seen.Type, seen.Sender, seen.Timestamp));
        Assert.Equal(sent.Recipients, seen.Recipients);
        Assert.Equal(sent.Data.GetRawText(), seen.Data.GetRawText());
        Assert.Equal(0.5, seen.As<AgentCompleted>().Payload!.QualityScore);
    }

    [Fact]
    public async Task PublishAsync_FromTwoProcessesAtOnce_EverybodySeesTheSameOrder()
    {
        var hubs = new[] { Open(), Open() };
        var readers = new List<Task<List<string>>>();
        foreach (var hub in hubs)
        {
            for (var i = 0; i < 3; i++) readers.Add(ReadDataAsync(await hub.SubscribeAsync(Id, new SignalSubscriptionOptions { Capacity = 5 })));
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(publisher => Task.Run(async () =>
        {
            for (var number = 0; number < 200; number++) Assert.True((await hubs[publisher % 2].PublishAsync(Id, Note((publisher * 1_000) + number))).IsPublished);
        })));
        await hubs[0].CompleteAsync(Id);

        var seen = await Task.WhenAll(readers);
        Assert.Equal(1_600, seen[0].Distinct().Count());
        Assert.All(seen, order => Assert.Equal(seen[0], order));
    }

    [Fact]
    public async Task OpenAsync_AfterARestart_GoesOnWhereItEnded()
    {
        await using (var before = new SignalHub(new SignalHubOptions { Store = _store, Time = _clock }))
        {
            for (var number = 1; number <= 700; number++) await before.PublishAsync(Id, Note(number, number % 2 == 0 ? "even" : "odd"));
        }

        var after = Open(mostHistory: 10);
        await after.OpenAsync(Id);

        Assert.Equal(Positions(691, 10), after.GetHistory(Id, new SignalHistoryQuery { OldestFirst = true }).Select(signal => signal.Position));
        Assert.Equal(701, (await after.PublishAsync(Id, Note(701, "odd"))).Signal!.Position);
    }

    [Fact]
    public async Task SubscribeAsync_FromWhatHistoryKeepsNoMore_ReadsItFromTheStore()
    {
        var hub = Open(mostHistory: 10);
        for (var number = 1; number <= 700; number++) await hub.PublishAsync(Id, Note(number, number % 2 == 0 ? "even" : "odd"));
        var options = new SignalSubscriptionOptions { From = SignalStart.At(3), Filter = new SignalFilter { Senders = ["even"] } };
        var subscription = await hub.SubscribeAsync(Id, options);
        await hub.PublishAsync(Id, Note(701, "odd"));
        await hub.PublishAsync(Id, Note(702, "even"));
        await hub.CompleteAsync(Id);

        Assert.Equal(0, subscription.Missing);
        Assert.Throws<InvalidOperationException>(() => subscription.TryRead(out _));
        Assert.Equal(Enumerable.Range(2, 350).Select(half => 2L * half), await ReadToEndAsync(subscription));
        Assert.Equal(350, subscription.Delivered);
    }

    [Fact]
    public async Task CompleteAsync_InOneProcess_EndsSubscriptionsOfAllAfterTheLastSignal()
    {
        var here = Open();
        var there = Open();
        var readers = new[] { ReadToEndAsync(await here.SubscribeAsync(Id)), ReadToEndAsync(await there.SubscribeAsync(Id)) };
        for (var number = 1; number <= 3; number++) await here.PublishAsync(Id, Note(number));

        Assert.True(await here.CompleteAsync(Id));

        Assert.All(await Task.WhenAll(readers), seen => Assert.Equal([1, 2, 3], seen));
        Assert.False(await there.CompleteAsync(Id));
        foreach (var hub in _hubs) Assert.Equal("SLW5309", Assert.Single((await hub.PublishAsync(Id, Note())).Problems).Code);
        Assert.Equal([1, 2, 3], await ReadToEndAsync(await Open().SubscribeAsync(Id, new SignalSubscriptionOptions { From = SignalStart.Beginning })));
    }

    [Fact]
    public async Task CompleteAsync_NothingWasPublished_EndsSubscriptions()
    {
        var hub = Open();
        var reading = ReadToEndAsync(await hub.SubscribeAsync(Id));

        Assert.True(await hub.CompleteAsync(Id));

        Assert.Empty(await reading);
    }

    [Fact]
    public async Task RemoveAsync_InOneProcess_EndsAllAndForgets()
    {
        var here = Open();
        var there = Open();
        await here.PublishAsync(Id, Note());
        var reading = ReadToEndAsync(await there.SubscribeAsync(Id, new SignalSubscriptionOptions { From = SignalStart.Beginning }));

        Assert.True(await here.RemoveAsync(Id));

        await reading;
        Assert.Equal(default, await _store.GetStateAsync(Id));
        Assert.Equal((0, 0), (here.Coordinations, there.Coordinations));
        Assert.Equal(1, (await there.PublishAsync(Id, Note())).Signal!.Position);
    }

    [Fact]
    public async Task RequestAsync_AnsweredInAnotherProcess_GetsTheReply()
    {
        var here = Open();
        var there = Open();
        var answering = Task.Run(async () =>
        {
            await foreach (var request in await there.SubscribeAsync(Id, new SignalSubscriptionOptions { AgentId = "b", From = SignalStart.Beginning }))
                await there.ReplyAsync(request, new InterAgentMessage { MessageType = "answer", Message = "42" });
        });

        for (var i = 0; i < 20; i++)
        {
            var reply = await here.RequestAsync(Id, "a", "b", new InterAgentMessage { MessageType = "question" });
            Assert.Equal("42", reply.Reply!.As<InterAgentMessage>().Payload!.Message);
        }

        Assert.Equal(0, here.GetMetrics(Id)!.PendingRequests);
        await here.CompleteAsync(Id);
        await answering;
    }

    [Fact]
    public async Task PublishAsync_StoreFails_IsRefusedAndNobodySeesIt()
    {
        var hub = Open();
        await using var subscription = await hub.SubscribeAsync(Id);
        _store.BeforeAppend = () => throw new TimeoutException("the disk sleeps");

        var problem = Assert.Single((await hub.PublishAsync(Id, Note())).Problems);

        Assert.Equal(("SLW5311", "the disk sleeps"), (problem.Code, problem.Detail));
        Assert.Equal((0, 0), (hub.GetLastPosition(Id), subscription.Lag));
        _store.BeforeAppend = null;
        Assert.Equal(1, (await hub.PublishAsync(Id, Note())).Signal!.Position);
    }

    [Fact]
    public async Task Watch_BreaksAndComesBack_LosesNothing()
    {
        var here = Open();
        var there = Open();
        await using var signals = (await there.SubscribeAsync(Id)).GetAsyncEnumerator();
        await here.PublishAsync(Id, Note(1));
        Assert.True(await signals.MoveNextAsync());
        _store.BeforeWatched = position =>
        {
            if (position > 1) throw new TimeoutException("the line is cut");
        };

        for (var number = 2; number <= 4; number++) await here.PublishAsync(Id, Note(number));
        await _clock.AdvanceToNextTimerAsync();
        _store.BeforeWatched = null;

        for (var number = 2; number <= 4; number++)
        {
            var next = signals.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            Assert.Equal((true, number), (await next, NumberOf(signals.Current)));
        }

        Assert.Contains("cannot be watched", _log.Lines.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_SubscriptionIsFull_WaitsBeforeItIsStored()
    {
        var hub = Open();
        await using var subscription = await hub.SubscribeAsync(Id, new SignalSubscriptionOptions { Capacity = 2 });
        await hub.PublishAsync(Id, Note(1));
        await hub.PublishAsync(Id, Note(2));

        var third = hub.PublishAsync(Id, Note(3)).AsTask();

        Assert.Equal(2, (await _store.GetStateAsync(Id)).LastPosition);
        Assert.Equal(1, Drain(subscription)[0]);
        Assert.Equal(3, (await third).Signal!.Position);
    }

    [Fact]
    public async Task OpenAsync_StoredSignalCannotBeRead_KeepsItsPosition()
    {
        await _store.AppendAsync(Id, ["{}"u8.ToArray(), "nonsense"u8.ToArray()]);
        var hub = Open();

        Assert.Equal(3, (await hub.PublishAsync(Id, Note(3))).Signal!.Position);

        Assert.Equal(["unreadable_signal", "unreadable_signal", "noted"], hub.GetHistory(Id, new SignalHistoryQuery { OldestFirst = true }).Select(signal => signal.Type.Name));
    }

    [Fact]
    public async Task TimeToLive_Passed_StopsWatchingAndKeepsTheStore()
    {
        var hub = Open();
        await hub.PublishAsync(Id, Note(1));
        _clock.Advance(TimeSpan.FromHours(26));

        Assert.Null(hub.GetMetrics(Id));
        while (_store.Watches > 0) await Task.Yield();
        Assert.Equal(2, (await hub.PublishAsync(Id, Note(2))).Signal!.Position);
        Assert.Equal([2, 1], hub.GetHistory(Id).Select(NumberOf));
    }

    [Fact]
    public void SynchronousMembers_OverAStore_AreRefused()
    {
        var hub = Open();

        Assert.Throws<InvalidOperationException>(() => hub.Publish(Id, Note()));
        Assert.Throws<InvalidOperationException>(() => hub.Subscribe(Id));
        Assert.Throws<InvalidOperationException>(() => hub.Complete(Id));
        Assert.Throws<InvalidOperationException>(() => hub.Remove(Id));
        Assert.Throws<InvalidOperationException>(() => hub.Restore(hub.Prepare(Id, Note(), 1).Signal!));
    }

    private static Task<List<string>> ReadDataAsync(SignalSubscription subscription) => Task.Run(async () =>
    {
        var seen = new List<string>();
        await foreach (var signal in subscription) seen.Add($"{signal.Position} {signal.Data.GetRawText()}");
        return seen;
    });

    private SignalHub Open(int mostHistory = 10_000)
    {
        var hub = new SignalHub(new SignalHubOptions { Store = _store, Time = _clock, Logger = _log, MaxHistorySize = mostHistory });
        _hubs.Add(hub);
        return hub;
    }
}
