using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.State;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State;

/// <summary>Any sequence of operations, compared with a dictionary kept whole for each version.</summary>
public sealed class SharedStateProperties
{
    private const int MaxHistory = 12;
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260102, 7).WithMaxTest(1_000);
    private static readonly string[] SomeKeys = ["a", "b", "c", "d"];

    [Fact]
    public void AnyOperations_GiveWhatTheModelGives() => Check.One(Repeatable, Prop.ForAll(Arb.From(Gen.ListOf(Operations())), operations =>
    {
        using var state = new SharedState(
            new SharedStateOptions { MaxHistorySize = MaxHistory }, [KeyValuePair.Create("a", Number(0)), KeyValuePair.Create("b", Json("null"))]);
        var model = new Model();
        var watched = state.Watch(new StateWatchOptions { Capacity = 5 });
        foreach (var operation in operations)
        {
            Run(operation, state, model);
            Assert.Equal(model.Version, state.Version);
            Assert.Equal(model.Text, Text(state.Snapshot()));
            var metrics = state.GetMetrics();
            Assert.Equal((model.OldestKept, model.Weights.Values.Sum()), (metrics.OldestKeptVersion, metrics.HistorySize));
            Assert.Equal(metrics.Writes, model.Version);
        }

        // A watcher that comes late sees what it takes to get from the beginning to the end.
        state.Dispose();
        var mirror = new SortedDictionary<string, string>(Model.Beginning, StringComparer.Ordinal);
        foreach (var record in watched.ToBlockingEnumerable())
        {
            if (record.NewValue is { } value) mirror[record.Key] = value.GetRawText();
            else mirror.Remove(record.Key);
        }

        Assert.Equal(model.Text, Model.TextOf(mirror));
    }));

    private static void Run(Operation operation, SharedState state, Model model)
    {
        switch (operation.Kind)
        {
            case 0:
                model.Write([(operation.Key, operation.Value)]);
                Assert.Equal(model.Version, state.Set(operation.Key, Json(operation.Value)));
                break;
            case 1:
                var isThere = model.Current.ContainsKey(operation.Key);
                model.Write([(operation.Key, null)]);
                Assert.Equal(isThere, state.Delete(operation.Key));
                break;
            case 2:
                var batch = new StateBatch();
                foreach (var (key, value) in operation.Batch)
                {
                    if (value is null) batch.Delete(key);
                    else batch.Set(key, Json(value));
                }

                model.Write([.. operation.Batch.GroupBy(write => write.Key).Select(writes => writes.Last())]);
                Assert.True(state.Update(batch).IsAccepted);
                break;
            case 3:
                model.Add([], Math.Max(1, model.Current.Count));
                Assert.Equal(model.Version, state.Clear());
                break;
            case 4:
                var target = model.Version - operation.Number;
                var isKept = target >= model.OldestKept && target <= model.Version;
                if (isKept) model.Rollback(target);
                Assert.Equal(isKept, state.Rollback(target).IsAccepted);
                break;
            case 5:
                var isCurrent = operation.Number == 0;
                var expected = model.Version - operation.Number;
                if (isCurrent) model.Write([(operation.Key, operation.Value)]);
                Assert.Equal(isCurrent, state.CompareAndSet(expected, operation.Key, Json(operation.Value)).IsAccepted);
                break;
            case 6:
                var keyVersion = model.KeyVersions.TryGetValue(operation.Key, out var version) ? version : (long?)null;
                Assert.Equal(keyVersion, state.Snapshot().VersionOf(operation.Key));
                var asked = operation.Number == 0 ? keyVersion : keyVersion is null ? 1 : keyVersion - operation.Number;
                if (asked == keyVersion) model.Write([(operation.Key, operation.Value)]);
                Assert.Equal(asked == keyVersion, state.CompareAndSetKey(operation.Key, asked, Json(operation.Value)).IsAccepted);
                break;
            default:
                model.ForgetHistory();
                state.ClearHistory();
                break;
        }
    }

    private static Gen<Operation> Operations() =>
        from kind in Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Constant(1)), (4, Gen.Constant(2)), (1, Gen.Constant(3)), (4, Gen.Constant(4)), (2, Gen.Choose(5, 6)), (1, Gen.Choose(6, 7)))
        from key in Gen.Elements(SomeKeys)
        from value in Gen.Elements("null", "1", "2", "\"x\"", "[]")
        from number in Gen.Frequency((3, Gen.Choose(0, 3)), (1, Gen.Choose(-1, 20)))
        from batch in Gen.ListOf(Writes())
        select new Operation(kind, key, value, number, [.. batch.Take(6)]);

    private static Gen<(string Key, string? Value)> Writes() =>
        from key in Gen.Elements(SomeKeys)
        from value in Gen.Elements<string?>("null", "1", "2", null)
        select (key, value);

    internal sealed record Operation(int Kind, string Key, string Value, int Number, IReadOnlyList<(string Key, string? Value)> Batch);

    private sealed class Model
    {
        public static readonly Dictionary<string, string> Beginning = new(StringComparer.Ordinal) { ["a"] = "0", ["b"] = "null" };
        private readonly List<SortedDictionary<string, string>> _versions = [new(Beginning, StringComparer.Ordinal)];
        private readonly Dictionary<long, HashSet<string>> _touched = [];

        public SortedDictionary<string, string> Current => _versions[^1];

        public long Version => _versions.Count - 1;

        public long OldestKept { get; private set; }

        public SortedDictionary<long, int> Weights { get; } = [];

        public Dictionary<string, long> KeyVersions { get; } = new(StringComparer.Ordinal) { ["a"] = 0, ["b"] = 0 };

        public string Text => TextOf(Current);

        public static string TextOf(SortedDictionary<string, string> values) => string.Join(' ', values.Select(pair => $"{pair.Key}={pair.Value}"));

        public void Write(IReadOnlyList<(string Key, string? Value)> writes)
        {
            var real = writes.Where(write => write.Value is not null || Current.ContainsKey(write.Key)).ToList();
            if (real.Count == 0) return;
            var next = new SortedDictionary<string, string>(Current, StringComparer.Ordinal);
            foreach (var (key, value) in real)
            {
                if (value is null) next.Remove(key);
                else next[key] = value;
            }

            Add(next, real.Count, real.Select(write => write.Key));
        }

        public void Rollback(long target)
        {
            var touched = _touched.Where(pair => pair.Key > target).SelectMany(pair => pair.Value).Distinct().ToList();
            var next = _versions[(int)target];
            var real = touched.Where(key => next.ContainsKey(key) || Current.ContainsKey(key)).ToList();
            Add(new SortedDictionary<string, string>(next, StringComparer.Ordinal), Math.Max(1, real.Count), real);
        }

        public void Add(SortedDictionary<string, string> next, int weight, IEnumerable<string>? keys = null)
        {
            var changed = (keys ?? Current.Keys).ToHashSet();
            _versions.Add(next);
            _touched[Version] = changed;
            foreach (var key in changed)
            {
                if (next.ContainsKey(key)) KeyVersions[key] = Version;
                else KeyVersions.Remove(key);
            }

            Weights[Version] = weight;
            while (Weights.Values.Sum() > MaxHistory)
            {
                OldestKept = Weights.Keys.First();
                Weights.Remove(OldestKept);
            }
        }

        public void ForgetHistory()
        {
            Weights.Clear();
            OldestKept = Version;
        }
    }
}
