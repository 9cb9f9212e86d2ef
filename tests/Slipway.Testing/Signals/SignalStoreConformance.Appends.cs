using System.Text;
using Slipway.Coordination.Signals.Stores;
using Xunit;

namespace Slipway.Testing.Signals;

/// <content>Appending, reading, completing and deleting.</content>
public abstract partial class SignalStoreConformance
{
    /// <summary>Positions are counted from 1 in each coordination.</summary>
    [Fact]
    public async Task AppendAsync_SeveralCoordinations_CountsEachFromOne()
    {
        Assert.Equal(1, await Store.AppendAsync("a", Bodies(1, 1)));
        Assert.Equal(3, await Store.AppendAsync("b", Bodies(1, 3)));
        Assert.Equal(3, await Store.AppendAsync("a", Bodies(2, 2)));
        Assert.Equal(4, await Other.AppendAsync("b", Bodies(4, 1)));

        Assert.Equal([(1, 1), (2, 2), (3, 3)], (await ReadAsync("a")).Select(signal => ((int)signal.Position, int.Parse(Text(signal)[10..^1]))));
        Assert.Equal(Texts(1, 4), (await ReadAsync("b")).Select(Text));
    }

    /// <summary>The oldest go, positions stay, and the newest is always left.</summary>
    [Fact]
    public async Task TrimAsync_ThroughAPosition_LeavesWhatIsBehindItAndTheNewest()
    {
        await Store.AppendAsync(Id, Bodies(1, 5));

        Assert.Equal(0, await Store.TrimAsync("unknown", 10));
        Assert.Equal(0, await Store.TrimAsync(Id, 0));
        Assert.Equal(2, await Store.TrimAsync(Id, 2));
        Assert.Equal(0, await Other.TrimAsync(Id, 2));
        Assert.Equal([3L, 4L, 5L], (await ReadAsync()).Select(signal => signal.Position));
        Assert.Equal(2, await Other.TrimAsync(Id, 100));
        Assert.Equal(5, (await Store.GetStateAsync(Id)).LastPosition);
        Assert.Equal(6, await Store.AppendAsync(Id, Bodies(6, 1)));
        Assert.Equal([5L, 6L], (await ReadAsync()).Select(signal => signal.Position));
        Assert.Equal(Texts(5, 2), (await ReadAsync()).Select(Text));
    }

    /// <summary>A watch from the beginning begins with the first that is left, and goes on.</summary>
    [Fact]
    public async Task WatchAsync_AfterATrim_BeginsWithTheFirstThatIsLeft()
    {
        await Store.AppendAsync(Id, Bodies(1, 3));
        await Store.TrimAsync(Id, 2);
        await Store.AppendAsync(Id, Bodies(4, 1));
        await Store.TryCompleteAsync(Id);

        var seen = new List<long>();
        await foreach (var signal in Other.WatchAsync(Id, 0)) seen.Add(signal.Position);

        Assert.Equal([3L, 4L], seen);
    }

    /// <summary>Bodies come back byte for byte, small and large, in any script.</summary>
    [Fact]
    public async Task AppendAsync_AnyBody_ComesBackByteForByte()
    {
        string[] texts = ["{}", """{"a":"ünï — 信号 🚢", "b" : [1,  2]}""", $$"""{"large":"{{new string('x', 1_000_000)}}"}"""];

        await Store.AppendAsync(Id, [.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]);

        Assert.Equal(texts, (await ReadAsync()).Select(Text));
    }

    /// <summary>The caller's memory is its own again afterwards.</summary>
    [Fact]
    public async Task AppendAsync_MemoryUsedAgain_KeepsWhatWasGiven()
    {
        var memory = Body(1).ToArray();
        await Store.AppendAsync(Id, [memory]);

        memory.AsSpan().Fill((byte)'x');

        Assert.Equal(Texts(1, 1), (await ReadAsync()).Select(Text));
    }

    /// <summary>Nothing to append is a mistake of the caller.</summary>
    [Fact]
    public Task AppendAsync_Nothing_Throws() => Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.AppendAsync(Id, []));

    /// <summary>Ids are told apart by every character.</summary>
    [Fact]
    public async Task AppendAsync_IdsThatAreAlike_AreDifferentCoordinations()
    {
        string[] ids = ["a", "A", "a ", "a%", "a'", "\"a\"", "ä", "a\u0308", "a/1", new string('a', 100)];
        for (var i = 0; i < ids.Length; i++) Assert.Equal(1, await Store.AppendAsync(ids[i], Bodies(i, 1)));

        for (var i = 0; i < ids.Length; i++) Assert.Equal(Texts(i, 1), (await ReadAsync(ids[i])).Select(Text));
    }

    /// <summary>Many writers at once leave no gap, and what is appended together stays together.</summary>
    [Fact]
    public async Task AppendAsync_ManyAtOnce_GivesEachItsOwnConsecutivePositions()
    {
        var lasts = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(async () =>
        {
            var mine = new List<(long Last, int First)>();
            for (var i = 0; i < 10; i++)
            {
                var first = (writer * 1_000) + (i * 3);
                mine.Add(((await (writer % 2 == 0 ? Store : Other).AppendAsync(Id, Bodies(first, 3)))!.Value, first));
            }

            return mine;
        })));

        var stored = await ReadAsync();
        Assert.Equal(Enumerable.Range(1, 600).Select(position => (long)position), stored.Select(signal => signal.Position));
        foreach (var (last, first) in lasts.SelectMany(mine => mine))
            Assert.Equal(Texts(first, 3), stored.Skip((int)last - 3).Take(3).Select(Text));
    }

    /// <summary>Only what is new.</summary>
    [Theory]
    [InlineData(-1, 600)]
    [InlineData(0, 600)]
    [InlineData(1, 599)]
    [InlineData(256, 344)]
    [InlineData(600, 0)]
    [InlineData(9_999, 0)]
    public async Task ReadAsync_AfterAPosition_GivesTheRest(long after, int count)
    {
        await Store.AppendAsync(Id, Bodies(1, 600));

        Assert.Equal(Texts(601 - count, count), (await ReadAsync(Id, after)).Select(Text));
    }

    /// <summary>An unknown coordination has no signals.</summary>
    [Fact]
    public async Task ReadAsync_UnknownCoordination_GivesNone()
    {
        Assert.Empty(await ReadAsync("unknown"));
        Assert.Equal(default, await Store.GetStateAsync("unknown"));
    }

    /// <summary>Reading ends when it is told to.</summary>
    [Fact]
    public async Task ReadAsync_Cancelled_Throws()
    {
        await Store.AppendAsync(Id, Bodies(1, 10));
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var signal in Store.ReadAsync(Id, 0, cancellation.Token))
            {
                if (signal.Position == 3) await cancellation.CancelAsync();
                Assert.True(signal.Position <= 3);
            }
        });
    }

    /// <summary>After the end nothing is appended, and what is there stays.</summary>
    [Fact]
    public async Task TryCompleteAsync_Coordination_AcceptsNothingMore()
    {
        await Store.AppendAsync(Id, Bodies(1, 2));
        Assert.Equal(new SignalStoreState(2, false), await Store.GetStateAsync(Id));

        Assert.True(await Store.TryCompleteAsync(Id));

        Assert.False(await Other.TryCompleteAsync(Id));
        Assert.Null(await Store.AppendAsync(Id, Bodies(3, 1)));
        Assert.Null(await Other.AppendAsync(Id, Bodies(3, 1)));
        Assert.Equal(new SignalStoreState(2, true), await Other.GetStateAsync(Id));
        Assert.Equal(Texts(1, 2), (await ReadAsync()).Select(Text));
    }

    /// <summary>What was never used cannot end.</summary>
    [Fact]
    public async Task TryCompleteAsync_UnknownCoordination_GivesFalse()
    {
        Assert.False(await Store.TryCompleteAsync("unknown"));
        Assert.Equal(1, await Store.AppendAsync("unknown", Bodies(1, 1)));
    }

    /// <summary>All of a coordination goes, its end too, and nothing of another.</summary>
    [Fact]
    public async Task TryDeleteAsync_Coordination_RemovesItWhole()
    {
        foreach (var id in new[] { Id, "other" }) await Store.AppendAsync(id, Bodies(1, 3));
        await Store.TryCompleteAsync(Id);

        Assert.True(await Store.TryDeleteAsync(Id));

        Assert.False(await Store.TryDeleteAsync(Id));
        Assert.Empty(await ReadAsync());
        Assert.Equal(default, await Other.GetStateAsync(Id));
        Assert.Equal(3, (await ReadAsync("other")).Count);
        Assert.Equal(1, await Other.AppendAsync(Id, Bodies(9, 1)));
        Assert.Equal(Texts(9, 1), (await ReadAsync()).Select(Text));
    }

    /// <summary>What is not there cannot be deleted.</summary>
    [Fact]
    public async Task TryDeleteAsync_UnknownCoordination_GivesFalse() => Assert.False(await Store.TryDeleteAsync("unknown"));
}
