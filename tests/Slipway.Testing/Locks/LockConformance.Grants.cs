using Slipway.Coordination.Locks;
using Xunit;

namespace Slipway.Testing.Locks;

/// <content>Taking, renewing, giving back, breaking.</content>
public abstract partial class LockConformance
{
    /// <summary>A grant names all that was asked for, and its end.</summary>
    [Fact]
    public async Task AcquireAsync_NobodyHoldsThem_GivesAllAtOnce()
    {
        var grant = await AcquireAsync("a", "vpc", "db");

        Assert.Equal(("run", "a", Clock.GetUtcNow() + Minute), (grant.RunId, grant.StepId, grant.ExpiresAt));
        Assert.Equal(["vpc", "db"], grant.Resources);
        Assert.True(grant.FencingToken > 0);
    }

    /// <summary>Later tokens are larger, whatever the resource.</summary>
    [Fact]
    public async Task AcquireAsync_Again_GivesALargerToken()
    {
        var first = await AcquireAsync("a", "vpc");
        var other = await AcquireAsync("b", "db");
        await Store.ReleaseAsync(first);
        var second = await AcquireAsync("a", "vpc");

        Assert.True(first.FencingToken < other.FencingToken && other.FencingToken < second.FencingToken);
    }

    /// <summary>A request without resources, of a resource twice, or for no time is a mistake of the caller.</summary>
    [Fact]
    public async Task AcquireAsync_BadRequest_Throws()
    {
        foreach (var request in new[] { Request("a"), Request("a", "vpc", "vpc"), Request("a", "vpc") with { Duration = TimeSpan.Zero } })
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.AcquireAsync(request));
        Assert.Empty(await ListAsync());
    }

    /// <summary>Names are told apart by every character.</summary>
    [Fact]
    public async Task AcquireAsync_NamesAlike_AreDifferentResources()
    {
        foreach (var resource in new[] { "vpc", "Vpc", "vpc ", "vpc/1", "ä", "a\u0308", "'; drop table locks --" }) await AcquireAsync("a", resource);

        Assert.Equal(7, (await ListAsync()).Count);
    }

    /// <summary>Who waits gets what was given back.</summary>
    [Fact]
    public async Task ReleaseAsync_SomebodyWaits_GetsIt()
    {
        var first = await AcquireAsync("a", "vpc");
        var waiting = await AskAndWaitAsync(Request("b", "vpc"));
        Assert.False(waiting.IsCompleted);

        await Store.ReleaseAsync(first);

        var second = await waiting.WaitAsync(Patience);
        Assert.Equal("b", second.StepId);
        Assert.True(second.FencingToken > first.FencingToken);
    }

    /// <summary>Giving back what was lost takes nothing from its new holder.</summary>
    [Fact]
    public async Task ReleaseAsync_LostGrant_IsIgnored()
    {
        var late = await AcquireAsync("a", "vpc");
        Clock.Advance(Minute);
        var current = await AcquireAsync("b", "vpc");

        await Store.ReleaseAsync(late);

        Assert.Equal(current.FencingToken, Assert.Single(await ListAsync()).FencingToken);
    }

    /// <summary>Renewing moves the end; nobody else gets the resource until then.</summary>
    [Fact]
    public async Task RenewAsync_Held_ProlongsFromNow()
    {
        var grant = await AcquireAsync("a", "vpc");
        Clock.Advance(TimeSpan.FromSeconds(40));

        var renewed = Assert.Single(await Store.RenewAsync([grant], Minute));

        Assert.Equal(grant with { ExpiresAt = Clock.GetUtcNow() + Minute }, renewed);
        Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(grant.FencingToken, Assert.Single(await ListAsync()).FencingToken);
    }

    /// <summary>Of several grants those that were lost are missing; one that ran out and that nobody took is not lost.</summary>
    [Fact]
    public async Task RenewAsync_SomeLost_GivesTheRest()
    {
        var taken = await AcquireAsync("a", "vpc");
        Clock.Advance(Minute);
        await AcquireAsync("b", "vpc");
        var broken = await AcquireAsync("c", "db");
        Assert.True(await Store.BreakAsync(broken.FencingToken));
        var kept = await AcquireAsync("d", "dns");
        Clock.Advance(Minute);

        Assert.Equal([kept.FencingToken], (await Store.RenewAsync([taken, broken, kept], Minute)).Select(grant => grant.FencingToken));
        Assert.Equal(["dns"], (await ListAsync()).Select(one => one.Resource));
    }

    /// <summary>The heir of a run begins with nothing held by the dead.</summary>
    [Fact]
    public async Task ReleaseRunAsync_Run_FreesAllOfItAndNothingOfOthers()
    {
        await AcquireAsync("a", "vpc", "db");
        await AcquireAsync("b", "dns");
        await Store.AcquireAsync(Request("a", "other") with { RunId = "other" });
        var waiting = await AskAndWaitAsync(Request("w", "db") with { RunId = "other" });

        Assert.Equal(2, await Store.ReleaseRunAsync("run"));

        await waiting.WaitAsync(Patience);
        Assert.Equal(["db", "other"], (await ListAsync()).Select(one => one.Resource));
        Assert.Equal(0, await Store.ReleaseRunAsync("run"));
    }

    /// <summary>A lock is listed with all that people want to know.</summary>
    [Fact]
    public async Task ListAsync_Held_TellsWhoWhyAndUntilWhen()
    {
        var start = Clock.GetUtcNow();
        var grant = await AcquireAsync("a", "b", "a");
        await AcquireAsync("c", "c");
        Clock.Advance(TimeSpan.FromSeconds(10));

        var locks = await ListAsync();

        Assert.Equal(["a", "b", "c"], locks.Select(one => one.Resource));
        Assert.Equal(new ResourceLock("a", "run", "a", "host/1", "because of a", grant.FencingToken, start, start + Minute), locks[0]);
        Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Empty(await ListAsync());
    }

    /// <summary>A person takes a lock away; the whole grant goes, and who waits gets it.</summary>
    [Fact]
    public async Task BreakAsync_Held_TakesTheWholeGrantAway()
    {
        var grant = await AcquireAsync("a", "vpc", "db");
        var waiting = await AskAndWaitAsync(Request("b", "db"));

        Assert.True(await Store.BreakAsync(grant.FencingToken));

        await waiting.WaitAsync(Patience);
        Assert.Equal(["db"], (await ListAsync()).Select(one => one.Resource));
        Assert.False(await Store.BreakAsync(grant.FencingToken));
        Assert.False(await Store.BreakAsync(grant.FencingToken + 1_000));
        Assert.Empty(await Store.RenewAsync([grant], Minute));
    }
}
