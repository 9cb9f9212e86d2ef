using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Slipway.Coordination.Routing;

namespace Slipway.Performance.Probes;

/// <summary>
/// The barest things of the runtime that do what is measured and nothing else: no code could be faster that does the same. What is reached is told beside
/// them, measured in the same run.
/// </summary>
internal static class Floors
{
    private const int Batch = 1_000;
    private const int Batches = 50;

    private static long _counter;

    /// <summary>How figures stand to their floor, and what bounds them.</summary>
    /// <param name="seconds">What was measured.</param>
    /// <param name="floor">What the floor took.</param>
    /// <param name="what">What the floor is.</param>
    /// <param name="bound">What bounds the figures.</param>
    public static string Beside(IReadOnlyList<double> seconds, IReadOnlyList<double> floor, string what, string bound) =>
        FormattableString.Invariant($"{Median(seconds) / Median(floor):N1} times {what} ({Median(floor) * 1e9:N0} ns); bound by {bound}");

    /// <summary>A hand-written switch over what three rules look at.</summary>
    public static double[] Switch(ProbeRun run, JsonElement state) => run.Batches(Batches, Batch, () => _ = Route(state));

    /// <summary>The copy of a record of five parts, kept by its name.</summary>
    public static double[] RecordCopy(ProbeRun run)
    {
        var package = new FiveParts("session", "shared", "assignment", "resources", "communication");
        var kept = new Dictionary<string, FiveParts>(StringComparer.Ordinal);
        return run.Batches(Batches, Batch, () => kept["agent"] = package with { Assignment = "another" });
    }

    /// <summary>From a write to a channel to the hands of the reader, who waits on another thread.</summary>
    public static async Task<double[]> ChannelHopAsync(ProbeRun run, int count)
    {
        var channel = Channel.CreateUnbounded<int>();
        using var arrived = new SemaphoreSlim(0);
        var (sent, waited) = (0L, 0.0);
        var receiving = Task.Run(async () =>
        {
            await foreach (var _ in channel.Reader.ReadAllAsync(run.CancellationToken))
            {
                waited = run.SecondsSince(Volatile.Read(ref sent));
                arrived.Release();
            }
        });
        var seconds = await run.SampleAsync(count, async call =>
        {
            Volatile.Write(ref sent, run.Now);
            channel.Writer.TryWrite(call);
            await arrived.WaitAsync(run.CancellationToken);
            return waited;
        });
        channel.Writer.Complete();
        await receiving;
        return seconds;
    }

    /// <summary>Many things through a channel, for each.</summary>
    public static async Task<double[]> ChannelStreamAsync(ProbeRun run, int count)
    {
        var seconds = await run.EachAsync(3, async _ =>
        {
            var channel = Channel.CreateUnbounded<int>();
            var receiving = Task.Run(async () =>
            {
                for (var received = 0; received < count; received++) await channel.Reader.ReadAsync(run.CancellationToken);
            });
            for (var sent = 0; sent < count; sent++) channel.Writer.TryWrite(sent);
            await receiving;
        });
        return [.. seconds.Select(value => value / count)];
    }

    /// <summary>An addition that no other processor can disturb.</summary>
    public static double[] InterlockedAdd(ProbeRun run) => run.Batches(Batches, Batch, static () => Interlocked.Add(ref _counter, 1));

    /// <summary>A get from a dictionary of 1,000 keys under a lock.</summary>
    public static double[] LockedGet(ProbeRun run, JsonElement value)
    {
        var gate = new Lock();
        var keys = Keys(value).ToDictionary(StringComparer.Ordinal);
        return run.Batches(Batches, Batch, () =>
        {
            lock (gate) _ = keys["key-500"];
        });
    }

    /// <summary>A set in an immutable dictionary of 1,000 keys.</summary>
    public static double[] ImmutableSet(ProbeRun run, JsonElement value)
    {
        var keys = Keys(value).ToImmutableDictionary(StringComparer.Ordinal);
        return run.Batches(Batches, Batch, () => keys = keys.Remove("key-500").Add("key-500", value));
    }

    private static RoutingDecision? Route(JsonElement state) =>
        state.GetProperty("quality").GetProperty("coverage").GetDouble() < 0.5 ? RoutingDecision.Branch
        : state.GetProperty("language").ValueEquals("csharp"u8) || state.GetProperty("language").ValueEquals("fsharp"u8) ? RoutingDecision.Continue
        : state.GetProperty("files").GetDouble() > 1000 ? RoutingDecision.Parallel
        : null;

    private static IEnumerable<KeyValuePair<string, JsonElement>> Keys(JsonElement value) => Enumerable.Range(0, 1_000).Select(key => KeyValuePair.Create($"key-{key}", value));

    private static double Median(IReadOnlyList<double> figures) => figures.Order().ElementAt((figures.Count - 1) / 2);

    private sealed record FiveParts(string Session, string Shared, string Assignment, string Resources, string Communication);
}
