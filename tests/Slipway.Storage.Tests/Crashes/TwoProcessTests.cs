using Slipway.Coordination.Journal;
using Slipway.CrashHost;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;
using Slipway.Storage.Tests.Sqlite;
using Slipway.Testing.Time;

namespace Slipway.Storage.Tests.Crashes;

/// <summary>Two real processes on one journal.</summary>
public sealed class TwoProcessTests : SqliteJournalFixture
{
    private static readonly string Me = LeaseOwner.Current.ToString();

    [Fact]
    public async Task TryAcquireAsync_AnotherLivingProcessHoldsTheRun_IsRefused()
    {
        using var child = new CrashHostProcess("hold", DatabaseFile, "run");
        Assert.Equal("held", await child.ListenAsync());
        await using var journal = OpenAt(TimeSpan.Zero);

        Assert.Null(await journal.TryAcquireAsync("run", Me, Minute));
        Assert.Equal("appended 1", await child.AskAsync("a"));

        var held = await journal.GetLeaseAsync("run");
        Assert.NotNull(held);
        foreach (var forged in new[] { held with { FencingToken = held.FencingToken + 1 }, held with { FencingToken = held.FencingToken - 1 } })
            await Assert.ThrowsAsync<JournalConflictException>(async () => await journal.AppendAsync(forged, 1, [Ready(1)]));
        Assert.Equal("appended 2", await child.AskAsync("b"));
        Assert.Equal([new StepReady("a"), new StepReady("b")], (await ReadAsync(journal, "run")).Select(entry => entry.Event));
    }

    [Fact]
    public async Task TryAcquireAsync_SecondProcess_IsRefusedByTheFirst()
    {
        await using var journal = OpenAt(TimeSpan.Zero);
        Assert.NotNull(await journal.TryAcquireAsync("run", Me, Minute));

        using var child = new CrashHostProcess("hold", DatabaseFile, "run");

        Assert.Equal("refused", await child.ListenAsync());
        Assert.Equal(5, (await child.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task TryAcquireAsync_OwnerWasKilled_TakesTheRunAtOnce()
    {
        using var child = new CrashHostProcess("hold", DatabaseFile, "run");
        Assert.Equal("held", await child.ListenAsync());
        Assert.Equal("appended 1", await child.AskAsync("a"));
        await child.KillAsync();
        await using var journal = OpenAt(TimeSpan.Zero);

        var lease = await journal.TryAcquireAsync("run", Me, Minute);

        Assert.NotNull(lease);
        Assert.Equal(2, await journal.AppendAsync(lease, 1, [Ready(2)]));
    }

    [Fact]
    public async Task TryAcquireAsync_OwnerOfAnotherMachineWasKilled_TakesTheRunAtTheExpiry()
    {
        using var child = new CrashHostProcess("hold", DatabaseFile, "run");
        Assert.Equal("held", await child.ListenAsync());
        await child.KillAsync();
        await using var now = OpenAt(TimeSpan.FromMinutes(59), new BlindProbe());
        await using var later = OpenAt(TimeSpan.FromMinutes(61), new BlindProbe());

        Assert.Null(await now.TryAcquireAsync("run", Me, Minute));
        Assert.NotNull(await later.TryAcquireAsync("run", Me, Minute));
    }

    [Fact]
    public async Task AppendAsync_LateProcess_IsFencedOff()
    {
        using var child = new CrashHostProcess("hold", DatabaseFile, "run");
        Assert.Equal("held", await child.ListenAsync());
        await using var journal = OpenAt(TimeSpan.FromHours(2));
        var lease = await journal.TryAcquireAsync("run", Me, Minute);
        Assert.NotNull(lease);

        Assert.Equal("conflict", await child.AskAsync("late"));
        await journal.AppendAsync(lease, 0, [Ready(1)]);
        Assert.Equal("conflict", await child.AskAsync("later"));
        Assert.Equal([Ready(1)], (await ReadAsync(journal, "run")).Select(entry => entry.Event));
    }

    [Fact]
    public async Task AppendAsync_TwoProcessesWriteOtherRuns_AllArrives()
    {
        using var child = new CrashHostProcess("hammer", DatabaseFile, "child");
        Assert.Equal("open", await child.ListenAsync());
        await using var journal = OpenAt(TimeSpan.Zero);

        var answer = child.AskAsync("go");
        await HammerCommand.HammerAsync(journal, "parent");

        Assert.Equal("done", await answer);
        foreach (var prefix in new[] { "child", "parent" })
        {
            for (var run = 0; run < HammerCommand.Runs; run++)
                Assert.Equal(HammerCommand.Appends, (await ReadAsync(journal, $"{prefix}-{run}")).Count);
        }
    }

    private SqliteJournal OpenAt(TimeSpan offset, ILeaseOwnerProbe? probe = null) => SqliteJournal.Open(
        new SqliteStoreOptions { File = DatabaseFile, OwnerProbe = probe ?? new LocalProcessProbe() },
        new ManualTimeProvider(TimeProvider.System.GetUtcNow() + offset));

    private sealed class BlindProbe : ILeaseOwnerProbe
    {
        public OwnerState Probe(string owner) => OwnerState.Unknown;
    }
}
