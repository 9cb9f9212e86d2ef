using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.State;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State;

/// <summary>The persistent map against a dictionary, with hashes that are good, poor and all the same.</summary>
public sealed class StateMapProperties
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260102, 5).WithMaxTest(300);

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0x8000_0021)]
    [InlineData(0)]
    public void SetAndRemove_Any_GiveWhatADictionaryGives(uint mask) => Check.One(Repeatable, Prop.ForAll(Arb.From(Gen.ListOf(Gen.Choose(-60, 60))), operations =>
    {
        var map = new StateMap(new MaskedHashes(mask));
        var model = new Dictionary<string, long>(StringComparer.Ordinal);
        var versions = new List<(StateMap Map, Dictionary<string, long> Model)>();
        foreach (var (operation, version) in operations.Select((operation, index) => (operation, (long)index)))
        {
            var key = $"key-{Math.Abs(operation)}";
            if (operation >= 0)
            {
                map = map.Set(key, new StateEntry(Number(operation), version));
                model[key] = version;
            }
            else
            {
                map = map.Remove(key);
                model.Remove(key);
            }

            versions.Add((map, new Dictionary<string, long>(model, StringComparer.Ordinal)));
        }

        foreach (var (kept, expected) in versions)
        {
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), kept.Keys().Order(StringComparer.Ordinal));
            Assert.Equal(expected.Count, kept.Count);
            Assert.All(expected, pair => Assert.True(kept.TryGet(pair.Key, out var entry) && entry.Version == pair.Value));
            Assert.False(kept.TryGet("missing", out _));
            var differing = kept.KeysThatDiffer(map);
            Assert.Superset(
                expected.Keys.Union(model.Keys).Where(key => expected.GetValueOrDefault(key, -1) != model.GetValueOrDefault(key, -1)).ToHashSet(), differing);
            Assert.Equal(differing, map.KeysThatDiffer(kept));
        }
    }));

    [Fact]
    public void KeysThatDiffer_OneSetInALargeMap_PassesOverWhatIsShared()
    {
        var before = StateMap.Empty;
        for (var i = 0; i < 20_000; i++) before = before.Set($"key-{i}", new StateEntry(Number(i), 0));

        var differing = before.KeysThatDiffer(before.Set("key-77", new StateEntry(Number(1), 1)));

        Assert.Equal(["key-77"], differing);
    }

    private sealed class MaskedHashes(uint mask) : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x == y;

        public int GetHashCode(string obj)
        {
            // Not the runtime's hashes, which differ from process to process.
            var hash = 2_166_136_261u;
            foreach (var character in obj) hash = (hash ^ character) * 16_777_619u;
            return (int)(hash & mask);
        }
    }
}
