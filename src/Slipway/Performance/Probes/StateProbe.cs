using System.Text.Json;
using Slipway.Coordination.State;

namespace Slipway.Performance.Probes;

/// <summary>The shared state: get, set, snapshot, batch.</summary>
internal sealed class StateProbe : IProbe
{
    private const string Operation = "State get / set / snapshot(1000 keys) / 100-key batch";
    private const int Batch = 1_000;
    private static readonly JsonElement Value = Parse("""{"path": "src/models/order.cs", "score": 0.91, "issues": []}""");

    public string Group => "state";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("state-get", Operation, "a get among 1,000 keys, in batches of 1,000", 1, "ms"),
        new("state-set", Operation, "a set among 1,000 keys, in batches of 1,000", 2, "ms"),
        new("state-snapshot", Operation, "a snapshot of 1,000 keys right after a set", 5, "ms"),
        new("state-batch", Operation, "an update of 100 keys as one version", 10, "ms"),
        new("state-get-time", "state get 100 ns", "a get among 1,000 keys, in batches of 1,000", 100, "ns") { Source = TargetSource.Goal, Statistic = Statistic.P50 },
        new("state-set-time", "set 2 µs", "a set among 1,000 keys, in batches of 1,000", 2, "µs") { Source = TargetSource.Goal, Statistic = Statistic.P50 },
        new("state-snapshot-growth", "snapshot O(1)", "a snapshot of 10,000 keys as compared with one of 100", 3, "x") { Source = TargetSource.Goal, Statistic = Statistic.P50 },
    ];

    public Task MeasureAsync(ProbeRun run)
    {
        using var state = Create(1_000);
        if (run.Wants("state-get", "state-get-time"))
        {
            var seconds = run.Batches(run.Scale(300), Batch, () => state.Get("key-500"));
            run.Times("state-get", seconds);
            run.Times("state-get-time", seconds, Floors.Beside(seconds, Floors.LockedGet(run, Value), "a get from a locked Dictionary", "the look-up"));
        }

        if (run.Wants("state-set", "state-set-time"))
        {
            var seconds = run.Batches(run.Scale(100), Batch, () => state.Set("key-500", Value));
            run.Times("state-set", seconds);
            run.Times("state-set-time", seconds, Floors.Beside(seconds, Floors.ImmutableSet(run, Value), "a key taken out of an ImmutableDictionary and put in again", "the copied path of the tree and the entry of the history"));
        }

        if (run.Wants("state-snapshot"))
        {
            run.Times("state-snapshot", run.Sample(run.Scale(2_000), _ =>
            {
                state.Set("key-500", Value);
                var begun = run.Now;
                state.Snapshot();
                return run.SecondsSince(begun);
            }));
        }

        if (run.Wants("state-batch"))
        {
            run.Times("state-batch", run.Each(run.Scale(500), _ =>
            {
                var batch = new StateBatch();
                for (var key = 0; key < 100; key++) batch.Set($"key-{key}", Value);
                state.Update(batch);
            }));
        }

        if (run.Wants("state-snapshot-growth")) run.Values("state-snapshot-growth", SnapshotGrowth(run));
        return Task.CompletedTask;
    }

    private static double[] SnapshotGrowth(ProbeRun run)
    {
        using var small = Create(100);
        using var large = Create(10_000);
        var few = run.Batches(run.Scale(200), Batch, () => small.Snapshot());
        var many = run.Batches(few.Length, Batch, () => large.Snapshot());
        return [.. many.Zip(few, (slower, faster) => slower / faster)];
    }

    private static SharedState Create(int keys) => new(initial: Enumerable.Range(0, keys).Select(key => KeyValuePair.Create($"key-{key}", Value)));

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
