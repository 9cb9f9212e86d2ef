using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Performance.Probes;

/// <summary>Signals: from publish to delivery, kept, and in bulk.</summary>
internal sealed class SignalProbe : IProbe
{
    private const string Coordination = "bench";

    public string Group => "signals";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("signal-propagation", "Signal propagation", "from publish to the subscriber's hands, one at a time", 100, "ms"),
        new("signal-hundred", "100 signals", "100 signals published and all of them received", 1, "s"),
        new("signal-storage", "Signal storage", "a publish into a full history of 10,000 without subscribers", 2, "ms"),
        new("signal-delivery", "signal publish to delivery p99 under 50 µs", "from publish to the subscriber's hands, one at a time", 50, "µs") { Source = TargetSource.Goal },
        new("signal-rate", "500,000 a second to one subscriber", "signals published by one task and received by another", 500_000, "/s")
        {
            Source = TargetSource.Goal, IsFloor = true, Statistic = Statistic.P50,
        },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (run.Wants("signal-propagation", "signal-delivery"))
        {
            var seconds = await PropagateAsync(run, run.Scale(20_000));
            run.Times("signal-propagation", seconds);
            run.Times("signal-delivery", seconds, Floors.Beside(seconds, await Floors.ChannelHopAsync(run, run.Scale(20_000)), "a hop through a Channel", "the wake-up of the subscriber's thread"));
        }

        if (run.Wants("signal-hundred")) run.Times("signal-hundred", await run.EachAsync(run.Scale(200), _ => SendAsync(run, 100)));
        if (run.Wants("signal-storage")) run.Times("signal-storage", Store(run));
        if (run.Wants("signal-rate"))
        {
            var count = run.Scale(200_000);
            var seconds = await run.EachAsync(3, _ => SendAsync(run, count));
            var floor = await Floors.ChannelStreamAsync(run, count);
            run.Values("signal-rate", [.. seconds.Select(value => count / value)], Floors.Beside([.. seconds.Select(value => value / count)], floor, "a hop through a Channel, for each", "the publisher, who makes and keeps each signal under the lock of its coordination"));
        }
    }

    private static SignalDraft Draft() => new(new AgentCompleted { AgentId = "parser", QualityScore = 0.9 });

    private static async Task<double[]> PropagateAsync(ProbeRun run, int count)
    {
        var hub = new SignalHub();
        await using var subscription = hub.Subscribe(Coordination);
        using var arrived = new SemaphoreSlim(0);
        var (sent, waited) = (0L, 0.0);
        var receiving = Task.Run(async () =>
        {
            await foreach (var _ in subscription.WithCancellation(run.CancellationToken))
            {
                waited = run.SecondsSince(Volatile.Read(ref sent));
                arrived.Release();
            }
        });
        var draft = Draft();
        var seconds = await run.SampleAsync(count, async _ =>
        {
            Volatile.Write(ref sent, run.Now);
            hub.Publish(Coordination, draft);
            await arrived.WaitAsync(run.CancellationToken);
            return waited;
        });
        hub.Complete(Coordination);
        await receiving;
        return seconds;
    }

    private static async Task SendAsync(ProbeRun run, int count)
    {
        var hub = new SignalHub();
        await using var subscription = hub.Subscribe(Coordination);
        var receiving = Task.Run(async () =>
        {
            var received = 0;
            await foreach (var _ in subscription.WithCancellation(run.CancellationToken))
            {
                if (++received == count) break;
            }
        });
        var draft = Draft();
        for (var signal = 0; signal < count; signal++) await hub.PublishAsync(Coordination, draft, run.CancellationToken);
        await receiving;
    }

    private static double[] Store(ProbeRun run)
    {
        var hub = new SignalHub();
        var draft = Draft();
        for (var signal = 0; signal < 10_000; signal++) hub.Publish(Coordination, draft);
        return run.Each(run.Scale(10_000), _ => hub.Publish(Coordination, draft));
    }
}
