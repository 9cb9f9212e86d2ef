using Slipway.Coordination.Locks;
using Xunit;

namespace Slipway.Testing.Locks;

/// <content>Who waits, and in which order.</content>
public abstract partial class LockConformance
{
    /// <summary>The one who waits is told by whom.</summary>
    [Fact]
    public async Task AcquireAsync_Held_TellsWhoStandsInTheWay()
    {
        var holder = await AcquireAsync("a", "vpc", "db");
        var told = new List<ResourceLock>();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var waiting = Store.AcquireAsync(
            Request("b", "db", "dns"),
            blocker =>
            {
                told.Add(blocker);
                blocked.TrySetResult();
            }).AsTask();
        await blocked.Task.WaitAsync(Patience);
        await Store.ReleaseAsync(holder);
        await waiting.WaitAsync(Patience);

        var one = Assert.Single(told);
        Assert.Equal(("db", "a", holder.FencingToken), (one.Resource, one.StepId, one.FencingToken));
    }

    /// <summary>Nobody holds one resource while waiting for another.</summary>
    [Fact]
    public async Task AcquireAsync_OneOfTwoHeld_HoldsNeither()
    {
        var holder = await AcquireAsync("a", "vpc");
        using var cancellation = new CancellationTokenSource();
        var waiting = await AskAndWaitAsync(Request("b", "vpc", "db"), cancellation.Token);

        Assert.Equal(["vpc"], (await ListAsync()).Select(one => one.Resource));

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await AcquireAsync("c", "db");
        await Store.ReleaseAsync(holder);
        Assert.Equal(["db"], (await ListAsync()).Select(one => one.Resource));
    }

    /// <summary>In the order of asking: many small requests cannot starve a large one.</summary>
    [Fact]
    public async Task AcquireAsync_SomebodyWaitsLonger_GoesFirst()
    {
        var vpc = await AcquireAsync("a", "vpc");
        var large = await AskAndWaitAsync(Request("large", "vpc", "db"));
        var small = Store.AcquireAsync(Request("small", "db")).AsTask();

        await Store.ReleaseAsync(vpc);

        var granted = await large.WaitAsync(Patience);
        Assert.False(small.IsCompleted);
        await Store.ReleaseAsync(granted);
        Assert.Equal("small", (await small.WaitAsync(Patience)).StepId);
    }

    /// <summary>Who gives up no longer stands in the way.</summary>
    [Fact]
    public async Task AcquireAsync_WaiterGivesUp_LetsThoseBehindIt()
    {
        await AcquireAsync("a", "vpc");
        using var cancellation = new CancellationTokenSource();
        var large = await AskAndWaitAsync(Request("large", "vpc", "db"), cancellation.Token);
        var small = Store.AcquireAsync(Request("small", "db")).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.Equal("small", (await small.WaitAsync(Patience)).StepId);
    }

    /// <summary>Requests that share nothing do not wait for each other.</summary>
    [Fact]
    public async Task AcquireAsync_OtherResources_DoNotWait()
    {
        await AcquireAsync("a", "vpc");
        var waiting = await AskAndWaitAsync(Request("b", "vpc"));

        await AcquireAsync("c", "db");

        Assert.False(waiting.IsCompleted);
    }

    /// <summary>Who has given up before asking holds nothing.</summary>
    [Fact]
    public async Task AcquireAsync_CancelledBefore_HoldsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.AcquireAsync(Request("a", "vpc"), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(await ListAsync());
        await AcquireAsync("b", "vpc");
    }

    /// <summary>A holder that is gone keeps a resource until its lock runs out, and not longer; nobody needs to ask again.</summary>
    [Fact]
    public async Task AcquireAsync_HolderIsGone_GetsItAtTheExpiry()
    {
        await AcquireAsync("gone", "vpc");
        var waiting = await AskAndWaitAsync(Request("b", "vpc"));

        await AdvanceUntilAsync(waiting);

        Assert.InRange((await waiting).ExpiresAt - Clock.GetUtcNow(), TimeSpan.FromSeconds(1), Minute);
        Assert.Equal("b", Assert.Single(await ListAsync()).StepId);
    }

    /// <summary>What a step holds is no obstacle to the sub-run below it.</summary>
    [Fact]
    public async Task AcquireAsync_WithinAGrant_SharesIt()
    {
        var outer = await AcquireAsync("outer", "vpc");
        var waiting = await AskAndWaitAsync(Request("other", "vpc"));

        var inner = await Store.AcquireAsync(Request("inner", "vpc") with { Within = [outer.FencingToken] }).AsTask().WaitAsync(Patience);

        Assert.Equal([outer.FencingToken, inner.FencingToken], (await ListAsync()).Select(one => one.FencingToken));
        await Store.ReleaseAsync(outer);
        Assert.False(waiting.IsCompleted);
        await Store.ReleaseAsync(inner);
        await waiting.WaitAsync(Patience);
    }

    /// <summary>Under many threads no two ever hold one resource, and everybody comes to an end.</summary>
    [Fact]
    public async Task AcquireAsync_ManyAtOnce_NeverGivesOneResourceTwice()
    {
        var held = new int[4];
        var grants = 0;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(async () =>
        {
            for (var round = 0; round < 5; round++)
            {
                int[] wanted = [number % 4, ((number + round) % 3) == 0 ? (number + 1) % 4 : number % 4];
                var grant = await AcquireAsync($"step-{number}", [.. wanted.Distinct().Select(resource => $"r{resource}")]);
                foreach (var resource in wanted.Distinct()) Assert.Equal(1, Interlocked.Increment(ref held[resource]));
                await Task.Yield();
                foreach (var resource in wanted.Distinct()) Interlocked.Decrement(ref held[resource]);
                Interlocked.Increment(ref grants);
                await Store.ReleaseAsync(grant);
            }
        })));

        Assert.Equal(60, grants);
        Assert.Empty(await ListAsync());
    }

    /// <summary>Moves the clock from timer to timer until something has ended.</summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        using var ended = new CancellationTokenSource();
        _ = task.ContinueWith(_ => ended.Cancel(), TaskScheduler.Default);
        try
        {
            while (!task.IsCompleted) await Clock.AdvanceToNextTimerAsync(ended.Token).WaitAsync(Patience, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }
}
