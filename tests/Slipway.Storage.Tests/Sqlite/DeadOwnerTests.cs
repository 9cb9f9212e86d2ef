using Slipway.Coordination.Journal;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;

namespace Slipway.Storage.Tests.Sqlite;

public sealed class DeadOwnerTests : SqliteJournalFixture
{
    [Fact]
    public async Task TryAcquireAsync_OwnerIsKnownToBeDead_TakesTheLeaseAtOnce()
    {
        await using var journal = Open(OwnerState.Dead);
        var late = await AcquireAsync(journal, "run", "dead");

        var lease = await AcquireAsync(journal, "run", "heir");

        Assert.Equal(1, await journal.AppendAsync(lease, 0, [Ready(1)]));
        await Assert.ThrowsAsync<JournalConflictException>(async () => await journal.AppendAsync(late, 1, [Ready(2)]));
    }

    [Fact]
    public async Task TryDeleteAsync_OwnerIsKnownToBeDead_HoldsNothing()
    {
        await using var journal = Open(OwnerState.Dead);
        await AcquireAsync(journal, "run", "dead");

        Assert.Null(await journal.GetLeaseAsync("run"));
        Assert.True(await journal.TryDeleteAsync("run"));
    }

    [Theory]
    [InlineData(OwnerState.Alive)]
    [InlineData(OwnerState.Unknown)]
    public async Task TryAcquireAsync_OwnerMayLive_WaitsForTheExpiry(OwnerState state)
    {
        await using var journal = Open(state);
        await AcquireAsync(journal, "run", "other");

        Assert.Null(await journal.TryAcquireAsync("run", "heir", Minute));
        Clock.Advance(Minute);
        Assert.NotNull(await journal.TryAcquireAsync("run", "heir", Minute));
    }

    private SqliteJournal Open(OwnerState state) =>
        SqliteJournal.Open(new SqliteStoreOptions { File = DatabaseFile, OwnerProbe = new FixedProbe(state) }, Clock);

    private sealed class FixedProbe(OwnerState state) : ILeaseOwnerProbe
    {
        public OwnerState Probe(string owner) => state;
    }
}
