using Xunit;

namespace Slipway.Testing.Journals;

/// <content>Reading, listing and deleting.</content>
public abstract partial class JournalConformance
{
    /// <summary>A long run comes back whole and in order.</summary>
    [Fact]
    public async Task ReadAsync_TenThousandEvents_GivesThemInOrder()
    {
        var lease = await AcquireAsync();
        await Journal.AppendAsync(lease, 0, Events(1, 10_000));

        Assert.Equal(Events(1, 10_000).Select(Text), await ReadTextsAsync());
    }

    /// <summary>Only what is new.</summary>
    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 599)]
    [InlineData(256, 344)]
    [InlineData(599, 1)]
    [InlineData(600, 0)]
    [InlineData(9_999, 0)]
    public async Task ReadAsync_AfterSequence_GivesTheRest(long after, int count)
    {
        var lease = await AcquireAsync();
        await Journal.AppendAsync(lease, 0, Events(1, 600));

        var entries = await ToListAsync(Journal.ReadAsync("run", after));

        Assert.Equal(Enumerable.Range(0, count).Select(offset => after + 1 + offset), entries.Select(entry => entry.Sequence));
    }

    /// <summary>An unknown run has no events, and neither has one that was only leased.</summary>
    [Fact]
    public async Task ReadAsync_NoEvents_GivesNone()
    {
        await AcquireAsync("leased");

        Assert.Empty(await ReadTextsAsync("leased"));
        Assert.Empty(await ReadTextsAsync("unknown"));
    }

    /// <summary>A reader that is slower than the writer sees every event once.</summary>
    [Fact]
    public async Task ReadAsync_WhileAppending_SeesEveryEventOnce()
    {
        var lease = await AcquireAsync();
        await Journal.AppendAsync(lease, 0, Events(1, 300));
        var seen = new List<long>();
        await foreach (var entry in Journal.ReadAsync("run"))
        {
            seen.Add(entry.Sequence);
            if (entry.Sequence == 10) await Journal.AppendAsync(lease, 300, Events(301, 300));
        }

        Assert.True(seen.Count >= 300);
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen);
    }

    /// <summary>Reading ends when it is told to.</summary>
    [Fact]
    public async Task ReadAsync_Cancelled_Throws()
    {
        var lease = await AcquireAsync();
        await Journal.AppendAsync(lease, 0, Events(1, 10));
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var entry in Journal.ReadAsync("run", 0, cancellation.Token))
            {
                if (entry.Sequence == 3) await cancellation.CancelAsync();
                Assert.True(entry.Sequence <= 3);
            }
        });
    }

    /// <summary>Newest first by the first event, not by the newest; then by id; runs without events are none.</summary>
    [Fact]
    public async Task ListRunsAsync_Always_OrdersByFirstEventThenId()
    {
        var old = await AcquireAsync("old");
        var leasedFirst = await AcquireAsync("leased-first");
        await AcquireAsync("empty");
        await Journal.AppendAsync(old, 0, Events(1, 1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var runId in new[] { "c", "a", "b" }) await Journal.AppendAsync(await AcquireAsync(runId), 0, Events(1, 1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Journal.AppendAsync(leasedFirst, 0, Events(1, 1));
        await Journal.AppendAsync(old, 1, Events(2, 1));

        Assert.Equal(["leased-first", "a", "b", "c", "old"], await ToListAsync(Journal.ListRunsAsync()));
    }

    /// <summary>All of a run goes, and nothing of another.</summary>
    [Fact]
    public async Task TryDeleteAsync_NobodyHoldsIt_RemovesRunAndEvents()
    {
        foreach (var runId in new[] { "run", "other" })
        {
            var lease = await AcquireAsync(runId);
            await Journal.AppendAsync(lease, 0, Events(1, 5));
            await Journal.ReleaseAsync(lease);
        }

        Assert.True(await Journal.TryDeleteAsync("run"));

        Assert.Empty(await ReadTextsAsync("run"));
        Assert.Equal(["other"], await ToListAsync(Journal.ListRunsAsync()));
        Assert.Equal(5, (await ReadTextsAsync("other")).Count);
        Assert.False(await Journal.TryDeleteAsync("run"));
        Assert.Equal(1, await Journal.AppendAsync(await AcquireAsync(), 0, Events(1, 1)));
    }

    /// <summary>A run that somebody writes stays, until the lease ends.</summary>
    [Fact]
    public async Task TryDeleteAsync_LeaseIsValid_KeepsTheRun()
    {
        var lease = await AcquireAsync();
        await Journal.AppendAsync(lease, 0, Events(1, 1));

        Assert.False(await Journal.TryDeleteAsync("run"));
        Assert.Single(await ReadTextsAsync());

        Clock.Advance(Minute);
        Assert.True(await Journal.TryDeleteAsync("run"));
    }

    /// <summary>What is not there cannot be deleted.</summary>
    [Fact]
    public async Task TryDeleteAsync_UnknownRun_GivesFalse() => Assert.False(await Journal.TryDeleteAsync("unknown"));
}
