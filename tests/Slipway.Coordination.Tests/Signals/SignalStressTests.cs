using System.Collections.Concurrent;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Many threads at once. Whatever their order, what was promised holds.</summary>
public sealed class SignalStressTests : IAsyncDisposable
{
    private const int Publishers = 8;
    private const int SignalsEach = 2_000;
    private readonly SignalHub _hub = new(new SignalHubOptions { MaxHistorySize = 512 });

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task PublishAsync_ManyPublishersAndConsumersOfEveryPolicy_KeepsEveryPromise()
    {
        var patient = Enumerable.Range(0, 6).Select(number => Observe(new SignalSubscriptionOptions
        {
            AgentId = $"agent{number}",
            Capacity = 1 << number,
            Filter = number % 2 == 0 ? null : new SignalFilter { Senders = ["p1", "p5"] },
        })).ToList();
        var lossy = Enumerable.Range(0, 3).Select(number => Observe(new SignalSubscriptionOptions
        {
            IncludeAddressed = true,
            Capacity = 1 + (number * 40),
            SlowConsumer = SlowConsumerPolicy.DropOldest,
        })).ToList();
        var strict = Enumerable.Range(0, 3).Select(_ => Observe(new SignalSubscriptionOptions { Capacity = 8, SlowConsumer = SlowConsumerPolicy.Fail })).ToList();
        using var stop = new CancellationTokenSource();
        var fickle = Enumerable.Range(0, 4).Select(number => ComeAndGoAsync(number, stop.Token)).ToArray();

        var published = new ConcurrentDictionary<long, Signal>();
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(() => PublishAllAsync(publisher, published))));
        await stop.CancelAsync();
        await Task.WhenAll(fickle);
        _hub.Complete(Id);

        Assert.Equal(Positions(1, Publishers * SignalsEach), published.Keys.Order());
        foreach (var publisher in published.Values.GroupBy(signal => signal.Sender))
            Assert.Equal(Enumerable.Range(0, SignalsEach), publisher.OrderBy(signal => signal.Position).Select(NumberOf));
        foreach (var consumer in patient)
            Assert.Equal(published.Values.Where(consumer.IsToSee).Select(signal => signal.Position).Order(), await consumer.Seen);
        foreach (var consumer in lossy)
        {
            var seen = await consumer.Seen;
            Assert.Equal(seen.Distinct().Order(), seen);
            Assert.Equal(published.Count, seen.Count + consumer.Subscription.Dropped);
        }

        foreach (var consumer in strict)
        {
            var seen = await consumer.Seen;
            Assert.Equal(published.Values.Where(consumer.IsToSee).Select(signal => signal.Position).Order().Take(seen.Count), seen);
        }

        Assert.Equal(0, _hub.Subscriptions);
        var metrics = _hub.GetMetrics(Id)!;
        Assert.Equal(published.Count, metrics.TotalSignalsSent);
        Assert.Equal(512, metrics.HistorySize);
        Assert.True(metrics.TotalSignalsReceived >= patient.Sum(consumer => consumer.Subscription.Delivered));
    }

    [Fact]
    public async Task Subscribe_WhilePublishersGoOn_HandsOverFromHistoryWithoutGapOrDuplicate()
    {
        var hub = new SignalHub(new SignalHubOptions { MaxHistorySize = 100_000 });
        var publishing = Task.Run(async () =>
        {
            for (var number = 0; number < 20_000; number++) await hub.PublishAsync(Id, Note(number));
        });
        var readers = new List<Task<List<long>>>();
        while (!publishing.IsCompleted)
        {
            readers.Add(ReadToEndAsync(hub.Subscribe(Id, new SignalSubscriptionOptions { From = SignalStart.Beginning, Capacity = 50 })));
            if (readers.Count == 12) break;
            await Task.Yield();
        }

        await publishing;
        hub.Complete(Id);

        foreach (var seen in await Task.WhenAll(readers)) Assert.Equal(Positions(1, 20_000), seen);
    }

    [Fact]
    public async Task PublishAsync_PublishersThatGiveUp_NeitherLeakNorPublishTwice()
    {
        var slow = Observe(new SignalSubscriptionOptions { Capacity = 1 });
        var positions = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(async () =>
        {
            for (var number = 0; number < 500; number++)
            {
                using var cancellation = new CancellationTokenSource();
                var publish = _hub.PublishAsync(Id, Note(number), cancellation.Token).AsTask();
                if (number % 3 == 0) await cancellation.CancelAsync();
                try
                {
                    positions.Add((await publish).Signal!.Position);
                }
                catch (OperationCanceledException)
                {
                }
            }
        })));
        _hub.Complete(Id);

        Assert.Equal(Positions(1, positions.Count), positions.Order());
        Assert.Equal(Positions(1, positions.Count), await slow.Seen);
    }

    [Fact]
    public async Task RequestAsync_ManyAtOnce_GivesEachItsOwnReply()
    {
        var answering = Task.Run(async () =>
        {
            await foreach (var request in _hub.Subscribe(Id, new SignalSubscriptionOptions { AgentId = "server" }))
            {
                if (request.ReplyTo is null) await _hub.ReplyAsync(request, request.As<InterAgentMessage>().Payload! with { MessageType = "answer" });
            }
        });
        while (_hub.Subscriptions == 0) await Task.Yield();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            for (var number = 0; number < 100; number++)
            {
                var question = new InterAgentMessage { MessageType = "question", Message = $"{client}/{number}" };
                var reply = await _hub.RequestAsync(Id, $"client{client}", "server", question, TimeSpan.FromMinutes(10));
                Assert.Equal(question.Message, reply.Reply!.As<InterAgentMessage>().Payload!.Message);
            }
        })));

        Assert.Equal(0, _hub.GetMetrics(Id)!.PendingRequests);
        _hub.Complete(Id);
        await answering;
    }

    private async Task PublishAllAsync(int publisher, ConcurrentDictionary<long, Signal> published)
    {
        for (var number = 0; number < SignalsEach; number++)
        {
            var draft = number % 5 == 0 ? Note(number, $"p{publisher}", $"agent{number % 6}") : Note(number, $"p{publisher}");
            var signal = (await _hub.PublishAsync(Id, draft)).Signal!;
            Assert.True(published.TryAdd(signal.Position, signal));
        }
    }

    /// <summary>Subscribes again and again, and leaves in every way there is.</summary>
    private Task ComeAndGoAsync(int number, CancellationToken stop) => Task.Run(async () =>
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var subscription = _hub.Subscribe(Id, new SignalSubscriptionOptions { Capacity = 4, From = round % 2 == 0 ? SignalStart.Now : SignalStart.Beginning });
            var left = (number + round) % 7;
            try
            {
                await foreach (var _ in subscription.WithCancellation(cancellation.Token))
                {
                    if (left-- > 0) continue;
                    if (round % 3 == 0) break;
                    if (round % 3 == 1) await cancellation.CancelAsync();
                    else await subscription.DisposeAsync();
                }
            }
            catch (OperationCanceledException)
            {
            }
        }
    });

    private Consumer Observe(SignalSubscriptionOptions options)
    {
        var subscription = _hub.Subscribe(Id, options);
        return new Consumer(options, subscription, ReadAllAsync(subscription));
    }

    private static Task<List<long>> ReadAllAsync(SignalSubscription subscription) => Task.Run(async () =>
    {
        var positions = new List<long>();
        try
        {
            await foreach (var signal in subscription)
            {
                positions.Add(signal.Position);
                if (positions.Count % 100 == 0) await Task.Yield();
            }
        }
        catch (SignalOverflowException)
        {
        }

        return positions;
    });

    private sealed record Consumer(SignalSubscriptionOptions Options, SignalSubscription Subscription, Task<List<long>> Seen)
    {
        public bool IsToSee(Signal signal) =>
            (signal.IsBroadcast || Options.IncludeAddressed || signal.Recipients[0] == Options.AgentId)
            && (Options.Filter is null || Options.Filter.Senders.Contains(signal.Sender));
    }
}
