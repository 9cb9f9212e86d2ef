using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Slipway.Benchmarks.Suites;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.State;

namespace Slipway.Benchmarks.Coordination;

/// <summary>Signals, state, dependencies and metrics, each beside the barest thing of the runtime that does the same, taken in turns.</summary>
internal sealed class CoordinationSuite : ISuite
{
    private const int Repeats = 7;
    private const int Count = 100_000;
    private const int Waits = 5_000;
    private const int Keys = 1_000;
    private const string Id = "bench";
    private static readonly JsonElement Value = JsonElement.Parse("""{"path": "src/models/order.cs", "score": 0.91}""");

    public string Name => "coordination";

    public async Task RunAsync(TextWriter output)
    {
        var table = new ResultTable("Coordination beside its floors", "what", "µs each", "floor", "µs each", "times the floor");
        await using var metrics = new MetricsCollector();
        var metric = metrics.Counter("bench");
        var names = Enumerable.Range(0, Keys).Select(key => $"key-{key}").ToArray();
        using var state = new SharedState(initial: names.Select(name => KeyValuePair.Create(name, Value)));
        var dictionary = new ConcurrentDictionary<string, JsonElement>(names.Select(name => KeyValuePair.Create(name, Value)));
        var immutable = names.ToImmutableDictionary(name => name, _ => Value);
        var total = 0L;

        await RowAsync("signal, published and received", Count, SignalsAsync, "item through a channel", ChannelAsync);
        await RowAsync("state, get", Count, Each(Count, call => state.Get(names[call % Keys])), "get of a concurrent dictionary", Each(Count, call => dictionary.TryGetValue(names[call % Keys], out _)));
        await RowAsync("state, set", Count, Each(Count, call => state.Set(names[call % Keys], Value)), "set of an immutable dictionary", Each(Count, call => immutable = immutable.SetItem(names[call % Keys], Value)));
        await RowAsync("state, snapshot", Count, Each(Count, _ => state.Snapshot()), "copy of a dictionary's reference", Each(Count, _ => Volatile.Read(ref immutable)));
        await RowAsync("metric, counted", Count, Each(Count, _ => metric.Increment()), "interlocked addition", Each(Count, _ => Interlocked.Increment(ref total)));
        await RowAsync("dependency on a signal", Waits, DependenciesAsync, "completion source awaited", CompletionsAsync);
        table.Print(output);

        async Task RowAsync(string what, int count, Func<Task> work, string floor, Func<Task> bare)
        {
            var (samples, floors) = (new Samples(), new Samples());
            for (var repeat = -1; repeat < Repeats; repeat++)
            {
                // The first round warms up and does not count.
                await (repeat < 0 ? new Samples() : floors).AddAsync(bare);
                await (repeat < 0 ? new Samples() : samples).AddAsync(work);
            }

            table.Add(what, Micros(samples.Median, count), floor, Micros(floors.Median, count), (samples.Median / floors.Median).ToString("N1", CultureInfo.InvariantCulture));
        }
    }

    private static string Micros(TimeSpan duration, int count) => (duration.TotalMicroseconds / count).ToString("N3", CultureInfo.InvariantCulture);

    private static Func<Task> Each(int count, Action<int> work) => () =>
    {
        for (var call = 0; call < count; call++) work(call);
        return Task.CompletedTask;
    };

    private static async Task SignalsAsync()
    {
        var hub = new SignalHub();
        await using var subscription = hub.Subscribe(Id);
        var receiving = Task.Run(async () =>
        {
            var received = 0;
            await foreach (var _ in subscription)
            {
                if (++received == Count) break;
            }
        });
        var draft = new SignalDraft(new AgentCompleted { AgentId = "parser" });
        for (var signal = 0; signal < Count; signal++) await hub.PublishAsync(Id, draft);
        await receiving;
    }

    private static async Task ChannelAsync()
    {
        // As many may wait as for a subscription.
        var channel = Channel.CreateBounded<SignalDraft>(new BoundedChannelOptions(new SignalSubscriptionOptions().Capacity) { SingleReader = true, SingleWriter = true });
        var receiving = Task.Run(async () =>
        {
            for (var received = 0; received < Count; received++) await channel.Reader.ReadAsync();
        });
        var draft = new SignalDraft(new AgentCompleted { AgentId = "parser" });
        for (var item = 0; item < Count; item++) await channel.Writer.WriteAsync(draft);
        await receiving;
    }

    private static async Task DependenciesAsync()
    {
        var hub = new SignalHub();
        using var resolver = new DependencyResolver(hub, new DependencyResolverOptions { AllowUnknownTargets = true });
        for (var wait = 0; wait < Waits; wait++)
        {
            var coordination = $"{Id}-{wait}";
            var waiting = resolver.ResolveAsync(coordination, "tester", [Dependency.OnAgent("parser")]);
            hub.Publish(coordination, new AgentCompleted { AgentId = "parser" });
            if (!(await waiting).Success) throw new InvalidOperationException("A dependency was not resolved.");
            resolver.Clear(coordination);
            hub.Remove(coordination);
        }
    }

    private static async Task CompletionsAsync()
    {
        for (var wait = 0; wait < Waits; wait++)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = AwaitAsync(source.Task);
            source.SetResult();
            await waiting;
        }

        static async Task AwaitAsync(Task task) => await task;
    }
}
