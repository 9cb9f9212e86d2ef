using Slipway.Coordination.Journal;
using Xunit;

namespace Slipway.Testing.Journals;

/// <content>Who may write.</content>
public abstract partial class JournalConformance
{
    /// <summary>A lease names its run, its owner and its end.</summary>
    [Fact]
    public async Task TryAcquireAsync_UnknownRun_GivesLease()
    {
        var lease = await Journal.TryAcquireAsync("run", "host/1", Minute);

        Assert.NotNull(lease);
        Assert.Equal(("run", "host/1", Clock.GetUtcNow() + Minute), (lease.RunId, lease.Owner, lease.ExpiresAt));
        Assert.True(lease.FencingToken > 0);
    }

    /// <summary>The owner's name is for people: two engines of one process have the same.</summary>
    [Theory]
    [InlineData("two")]
    [InlineData("one")]
    public async Task TryAcquireAsync_WhileLeaseIsValid_GivesNull(string secondOwner)
    {
        var lease = await AcquireAsync(owner: "one");
        Clock.Advance(Minute - TimeSpan.FromMilliseconds(1));

        Assert.Null(await Journal.TryAcquireAsync("run", secondOwner, Minute));
        Assert.Equal(lease, await Journal.GetLeaseAsync("run"));
    }

    /// <summary>A lease ends at its end.</summary>
    [Fact]
    public async Task TryAcquireAsync_AtExpiry_GivesLeaseWithNewerToken()
    {
        var first = await AcquireAsync(owner: "one");
        Clock.Advance(Minute);

        var second = await AcquireAsync(owner: "two");

        Assert.True(second.FencingToken > first.FencingToken);
        Assert.Equal(second, await Journal.GetLeaseAsync("run"));
    }

    /// <summary>Many ask at once.</summary>
    [Fact]
    public async Task TryAcquireAsync_ManyAtOnce_GivesOneLease()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 24)
            .Select(number => Task.Run(async () => await Journal.TryAcquireAsync("run", $"owner-{number}", Minute))));

        var given = Assert.Single(leases, lease => lease is not null);
        Assert.Equal(given, await Journal.GetLeaseAsync("run"));
    }

    /// <summary>Runs do not get in each other's way.</summary>
    [Fact]
    public async Task TryAcquireAsync_OtherRun_GivesLease()
    {
        await AcquireAsync("a");

        Assert.NotNull(await Journal.TryAcquireAsync("b", "two", Minute));
    }

    /// <summary>An id has 1 to 200 characters.</summary>
    [Fact]
    public async Task TryAcquireAsync_RunIdOutOfRange_Throws()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Journal.TryAcquireAsync("", "one", Minute));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Journal.TryAcquireAsync(new string('x', 201), "one", Minute));
        Assert.NotNull(await Journal.TryAcquireAsync(new string('x', 200), "one", Minute));
    }

    /// <summary>Renewing moves the end and keeps the token.</summary>
    [Fact]
    public async Task TryRenewAsync_ValidLease_ProlongsFromNow()
    {
        var lease = await AcquireAsync();
        Clock.Advance(TimeSpan.FromSeconds(40));

        var renewed = await Journal.TryRenewAsync(lease, Minute);

        Assert.Equal(lease with { ExpiresAt = Clock.GetUtcNow() + Minute }, renewed);
        Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(await Journal.TryAcquireAsync("run", "two", Minute));
    }

    /// <summary>Nobody has taken the run meanwhile, so nothing is lost.</summary>
    [Fact]
    public async Task TryRenewAsync_ExpiredButNotTaken_Prolongs()
    {
        var lease = await AcquireAsync();
        Clock.Advance(Minute * 3);

        var renewed = await Journal.TryRenewAsync(lease, Minute);

        Assert.NotNull(renewed);
        Assert.Equal(1, await Journal.AppendAsync(renewed, 0, Events(1, 1)));
    }

    /// <summary>A lease that another took, that was given back, or whose run is gone.</summary>
    [Fact]
    public async Task TryRenewAsync_LostLease_GivesNull()
    {
        var taken = await AcquireAsync("taken");
        Clock.Advance(Minute);
        await AcquireAsync("taken", "two");
        var released = await AcquireAsync("released");
        await Journal.ReleaseAsync(released);
        var deleted = await AcquireAsync("deleted");
        Clock.Advance(Minute);
        Assert.True(await Journal.TryDeleteAsync("deleted"));

        Assert.Null(await Journal.TryRenewAsync(taken, Minute));
        Assert.Null(await Journal.TryRenewAsync(released, Minute));
        Assert.Null(await Journal.TryRenewAsync(deleted, Minute));
    }

    /// <summary>The next writer need not wait for the end of a lease that was given back.</summary>
    [Fact]
    public async Task ReleaseAsync_ValidLease_LetsTheNextIn()
    {
        var first = await AcquireAsync(owner: "one");
        await Journal.ReleaseAsync(first);

        Assert.Null(await Journal.GetLeaseAsync("run"));
        Assert.True((await AcquireAsync(owner: "two")).FencingToken > first.FencingToken);
    }

    /// <summary>A late release does not take the lease from its new owner.</summary>
    [Fact]
    public async Task ReleaseAsync_LostLease_IsIgnored()
    {
        var first = await AcquireAsync(owner: "one");
        Clock.Advance(Minute);
        var second = await AcquireAsync(owner: "two");

        await Journal.ReleaseAsync(first);
        await Journal.ReleaseAsync(first with { RunId = "unknown" });

        Assert.Equal(second, await Journal.GetLeaseAsync("run"));
    }

    /// <summary>Only a valid lease is shown.</summary>
    [Fact]
    public async Task GetLeaseAsync_UnknownOrExpired_GivesNull()
    {
        await AcquireAsync();
        Clock.Advance(Minute);

        Assert.Null(await Journal.GetLeaseAsync("run"));
        Assert.Null(await Journal.GetLeaseAsync("unknown"));
    }
}
