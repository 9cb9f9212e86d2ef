using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What holds of shared slots whatever the priorities and whoever gives a slot back.</summary>
public sealed class SlotPoolProperties
{
    private const int Rounds = 2_000;

    [Fact]
    public void Pool_WhileAllWantMore_GivesEachItsShareWithinAFewSlots() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var limit = random.Next(1, 5);
            var pool = new SlotPool(limit);
            var woken = new Queue<int>();
            int[] priorities = [.. Enumerable.Range(0, random.Next(2, 7)).Select(_ => random.Next(101))];
            var shares = priorities.Select((priority, run) => pool.Join(priority, () => woken.Enqueue(run))).ToArray();
            var held = new List<int>();
            var given = new int[shares.Length];
            for (var run = 0; run < shares.Length; run++) Take(run);
            for (var round = 0; round < Rounds; round++)
            {
                var at = random.Next(held.Count);
                var run = held[at];
                held.RemoveAt(at);
                shares[run].Release();
                while (woken.TryDequeue(out var next)) Take(next);
                Assert.Equal(limit, held.Count);
            }

            var all = priorities.Sum(priority => priority + 1.0);
            for (var run = 0; run < shares.Length; run++)
                Assert.InRange(given[run] - ((Rounds + limit) * (priorities[run] + 1) / all), -limit - shares.Length, limit + shares.Length);

            void Take(int run)
            {
                while (shares[run].TryTake())
                {
                    held.Add(run);
                    given[run]++;
                }
            }
        }));
}
