using Slipway.Coordination.Journal;
using Xunit;

namespace Slipway.Testing.Journals;

/// <content>Writing.</content>
public abstract partial class JournalConformance
{
    /// <summary>Sequences count from 1 without gaps.</summary>
    [Fact]
    public async Task AppendAsync_InOrder_NumbersFromOneWithoutGaps()
    {
        var lease = await AcquireAsync();

        Assert.Equal(1, await Journal.AppendAsync(lease, 0, Events(1, 1)));
        Assert.Equal(4, await Journal.AppendAsync(lease, 1, Events(2, 3)));
        Assert.Equal(5, await Journal.AppendAsync(lease, 4, Events(5, 1)));

        var entries = await ToListAsync(Journal.ReadAsync("run"));
        Assert.Equal([1L, 2, 3, 4, 5], entries.Select(entry => entry.Sequence));
        Assert.Equal(Events(1, 5).Select(Text), entries.Select(entry => Text(entry.Event)));
    }

    /// <summary>Times are UTC, to the millisecond.</summary>
    [Fact]
    public async Task AppendAsync_Always_StampsWithTheClock()
    {
        var lease = await AcquireAsync();
        await Journal.AppendAsync(lease, 0, Events(1, 1));
        Clock.Advance(TimeSpan.FromTicks((1_234 * TimeSpan.TicksPerMillisecond) + 5_678));
        await Journal.AppendAsync(lease, 1, Events(2, 2));

        var start = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
        var later = start.AddMilliseconds(1_234);
        var entries = await ToListAsync(Journal.ReadAsync("run"));
        Assert.Equal([start, later, later], entries.Select(entry => entry.At));
        Assert.All(entries, entry => Assert.Equal(TimeSpan.Zero, entry.At.Offset));
    }

    /// <summary>The caller may use its list again.</summary>
    [Fact]
    public async Task AppendAsync_ListChangedAfterwards_KeepsWhatWasAppended()
    {
        var lease = await AcquireAsync();
        var events = new List<RunEvent> { Event(1) };
        await Journal.AppendAsync(lease, 0, events);
        events[0] = Event(9);

        Assert.Equal([Text(Event(1))], await ReadTextsAsync());
    }

    /// <summary>No events are a mistake of the caller.</summary>
    [Fact]
    public async Task AppendAsync_NoEvents_Throws()
    {
        var lease = await AcquireAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Journal.AppendAsync(lease, 0, []));
    }

    /// <summary>Somebody else has appended, or the caller has missed something.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task AppendAsync_OtherSequence_AppendsNothing(long expected)
    {
        var lease = await AcquireAsync();
        await Journal.AppendAsync(lease, 0, Events(1, 3));

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(
            async () => await Journal.AppendAsync(lease, expected, Events(4, 5)));

        Assert.Equal("run", conflict.RunId);
        Assert.Equal(3, (await ReadTextsAsync()).Count);
        Assert.Equal(4, await Journal.AppendAsync(lease, 3, Events(4, 1)));
    }

    /// <summary>The late writer: its lease has passed to another while it slept.</summary>
    [Fact]
    public async Task AppendAsync_LeaseTakenByAnother_AppendsNothing()
    {
        var late = await AcquireAsync(owner: "one");
        await Journal.AppendAsync(late, 0, Events(1, 1));
        Clock.Advance(Minute);
        var current = await AcquireAsync(owner: "two");

        var conflict = await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(late, 1, Events(2, 1)));

        Assert.Equal("run", conflict.RunId);
        Assert.Equal(2, await Journal.AppendAsync(current, 1, Events(2, 1)));
        Assert.Equal(Events(1, 2).Select(Text), await ReadTextsAsync());
    }

    /// <summary>Expired, given back, or never had.</summary>
    [Fact]
    public async Task AppendAsync_NoValidLease_AppendsNothing()
    {
        var expired = await AcquireAsync("expired");
        Clock.Advance(Minute);
        var released = await AcquireAsync("released");
        await Journal.ReleaseAsync(released);
        var never = new RunLease("never", "one", 1, Clock.GetUtcNow() + Minute);

        foreach (var lease in new[] { expired, released, never })
        {
            await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(lease, 0, Events(1, 1)));
            Assert.Empty(await ReadTextsAsync(lease.RunId));
        }
    }

    /// <summary>A token is never given twice, not even after the run was deleted and begun anew.</summary>
    [Fact]
    public async Task AppendAsync_LeaseFromBeforeTheDeletion_AppendsNothing()
    {
        var late = await AcquireAsync(owner: "one");
        Clock.Advance(Minute);
        Assert.True(await Journal.TryDeleteAsync("run"));
        await AcquireAsync(owner: "two");

        await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(late, 0, Events(1, 1)));
        Assert.Empty(await ReadTextsAsync());
    }

    /// <summary>Of many that expect one sequence, one wins, whole.</summary>
    [Fact]
    public async Task AppendAsync_ManyExpectOneSequence_OneWins()
    {
        var lease = await AcquireAsync();
        var attempts = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(async () =>
        {
            try
            {
                await Journal.AppendAsync(lease, 0, Events(number * 10, 3));
                return number;
            }
            catch (JournalConflictException)
            {
                return -1;
            }
        })));

        var winner = Assert.Single(attempts, number => number >= 0);
        Assert.Equal(Events(winner * 10, 3).Select(Text), await ReadTextsAsync());
    }

    /// <summary>A conflict of one run is nothing to the others that are written at the same time.</summary>
    [Fact]
    public async Task AppendAsync_ManyRunsAtOnce_EachKeepsItsOrder()
    {
        const int Runs = 24;
        const int Appends = 20;
        await Task.WhenAll(Enumerable.Range(0, Runs).Select(run => Task.Run(async () =>
        {
            var lease = await AcquireAsync($"run-{run}");
            var sequence = 0L;
            for (var append = 0; append < Appends; append++)
            {
                sequence = await Journal.AppendAsync(lease, sequence, Events((int)sequence, 1 + (append % 3)));
                if (append % 7 == 3)
                    await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(lease, sequence + 1, Events(0, 2)));
            }
        })));

        for (var run = 0; run < Runs; run++)
        {
            var entries = await ToListAsync(Journal.ReadAsync($"run-{run}"));
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry.Sequence));
            Assert.Equal(Events(0, entries.Count).Select(Text), entries.Select(entry => Text(entry.Event)));
        }
    }

    /// <summary>Who has given up before it began has appended nothing.</summary>
    [Fact]
    public async Task AppendAsync_CancelledBefore_AppendsNothing()
    {
        var lease = await AcquireAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Journal.AppendAsync(lease, 0, Events(1, 1), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Journal.TryAcquireAsync("other", "one", Minute, cancelled));

        Assert.Empty(await ReadTextsAsync());
        Assert.Equal(1, await Journal.AppendAsync(lease, 0, Events(1, 1)));
    }

    /// <summary>Ids are any text; payloads are as large as they must be.</summary>
    [Theory]
    [InlineData("лодка/⛵ 船 'quoted\"; drop table events --")]
    [InlineData("..")]
    [InlineData("a\tb")]
    public async Task AppendAsync_AnyIdAndLargePayload_ComesBackAsItWas(string runId)
    {
        var lease = await AcquireAsync(runId);
        RunEvent large = new StepHeartbeat("шаг/🚢", 1, string.Concat(Enumerable.Repeat("0123456789 ⛵\n\"\\\u0001", 80_000)), 0.5);

        await Journal.AppendAsync(lease, 0, [large, Event(2)]);

        Assert.Equal([Text(large), Text(Event(2))], await ReadTextsAsync(runId));
        Assert.Equal([runId], await ToListAsync(Journal.ListRunsAsync()));
    }

    /// <summary>Ids that differ in case, or begin alike, are different runs.</summary>
    [Fact]
    public async Task AppendAsync_IdsAlike_StayApart()
    {
        foreach (var runId in new[] { "run", "Run", "run ", "run/1" })
        {
            await Journal.AppendAsync(await AcquireAsync(runId), 0, [new StepReady(runId)]);
        }

        Assert.Equal([Text(new StepReady("run"))], await ReadTextsAsync("run"));
        Assert.Equal([Text(new StepReady("Run"))], await ReadTextsAsync("Run"));
        Assert.Equal([Text(new StepReady("run "))], await ReadTextsAsync("run "));
    }
}
