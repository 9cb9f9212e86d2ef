using Slipway.Coordination.State;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State;

/// <summary>What holds under many threads.</summary>
public sealed class SharedStateStressTests
{
    private const int Writers = 6;
    private const int Rounds = 400;

    [Fact]
    public async Task Writes_FromManyThreads_GiveGaplessVersionsAndConsistentSnapshots()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 100_000 });
        state.Update(new StateBatch().Set("left", Number(0)).Set("right", Number(0)).Set("count", Number(0)));
        using var done = new CancellationTokenSource();
        var reading = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var newest = 0L;
            while (!done.IsCancellationRequested)
            {
                var snapshot = state.Snapshot();
                Assert.True(snapshot.Version >= newest);
                newest = snapshot.Version;
                Assert.Equal(0, snapshot.GetRequired("left").GetInt64() + snapshot.GetRequired("right").GetInt64());
            }
        })).ToList();

        var made = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            var versions = new List<long>();
            for (var i = 0; i < Rounds; i++)
            {
                while (true)
                {
                    var snapshot = state.Snapshot();
                    var count = snapshot.GetRequired("count").GetInt64() + 1;
                    var batch = new StateBatch().Expect(snapshot.Version).Set("count", Number(count)).Set("left", Number(writer + i)).Set("right", Number(-writer - i));
                    if (state.Update(batch) is not { IsAccepted: true } result) continue;
                    versions.Add(result.Version);
                    break;
                }

                if (i % 7 == 0) versions.Add(state.Set($"own-{writer}", Number(i)));
            }

            return versions;
        })));
        await done.CancelAsync();
        await Task.WhenAll(reading);

        var all = made.SelectMany(versions => versions).Order().ToList();
        Assert.Equal(Enumerable.Range(2, all.Count).Select(version => (long)version), all);
        Assert.All(made, versions => Assert.Equal(versions.Order(), versions));
        Assert.Equal(Writers * Rounds, state.GetRequired("count").GetInt32());
        Assert.Equal(all.Count + 1, state.History().Select(record => record.Version).Distinct().Count());
    }

    [Fact]
    public async Task Watches_OfEveryPolicyWhileManyWrite_ReachTheEnd()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 10 });
        var coalescing = Enumerable.Range(0, 3).Select(number => MirrorAsync(state, new StateWatchOptions { Capacity = 1 + (number * 10) })).ToList();
        var waiting = Enumerable.Range(0, 2).Select(number => MirrorAsync(state, new StateWatchOptions { Capacity = 2 + number, WhenFull = StateWatchLag.Wait })).ToList();
        var leaving = Enumerable.Range(1, 20).Select(number => LeaveAsync(state, number * 10)).ToList();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                var batch = new StateBatch().Set($"key-{(writer + i) % 5}", Number(i)).Delete($"key-{i % 3}");
                await state.UpdateAsync(batch.Set($"writer-{writer}", Number(i)));
            }
        })));
        state.Dispose();

        var end = Text(state.Snapshot());
        foreach (var mirror in coalescing.Concat(waiting)) Assert.Equal(end, (await mirror).Text);
        foreach (var mirror in waiting) Assert.Equal(Writers * Rounds, (await mirror).OwnWrites);
        await Task.WhenAll(leaving);
        Assert.Equal(0, state.GetMetrics().Watchers);
    }

    private static async Task<(string Text, int OwnWrites)> MirrorAsync(SharedState state, StateWatchOptions options)
    {
        var changes = state.Watch(options);
        var mirror = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var ownWrites = 0;
        var newest = 0L;
        await foreach (var change in changes)
        {
            Assert.True(change.Version >= newest || options.WhenFull is StateWatchLag.Coalesce);
            newest = change.Version;
            if (change.Key.StartsWith("writer-", StringComparison.Ordinal)) ownWrites++;
            if (change.NewValue is { } value) mirror[change.Key] = value.GetRawText();
            else mirror.Remove(change.Key);
        }

        return (string.Join(' ', mirror.Select(pair => $"{pair.Key}={pair.Value}")), ownWrites);
    }

    private static async Task LeaveAsync(SharedState state, int after)
    {
        var count = 0;
        await foreach (var _ in state.Watch(new StateWatchOptions { Capacity = 5, WhenFull = StateWatchLag.Wait }))
        {
            if (++count == after) break;
        }
    }
}
