using Slipway.Coordination.Agents;

namespace Slipway.Coordination.Tests.Agents;

public sealed class AgentCapacityTests
{
    [Fact]
    public void TryAcquire_UpToTheLimit_Succeeds()
    {
        var capacity = new AgentCapacity(2);

        Assert.Equal([true, true, false], [capacity.TryAcquire(), capacity.TryAcquire(), capacity.TryAcquire()]);
        capacity.Release();
        Assert.True(capacity.TryAcquire());
    }

    [Fact]
    public async Task Release_SeveralWait_GivesThePlaceInTheOrderOfAsking()
    {
        var capacity = new AgentCapacity(1);
        await capacity.AcquireAsync();
        var first = capacity.AcquireAsync().AsTask();
        var second = capacity.AcquireAsync().AsTask();

        capacity.Release();
        await first;
        Assert.False(second.IsCompleted);
        Assert.False(capacity.TryAcquire());
        capacity.Release();
        await second;
        capacity.Release();
        Assert.Equal((0, 0), (capacity.InUse, capacity.Waiting));
    }

    [Fact]
    public async Task AcquireAsync_CancelledWhileWaiting_LeavesTheQueueAndTakesNothing()
    {
        var capacity = new AgentCapacity(1);
        await capacity.AcquireAsync();
        using var source = new CancellationTokenSource();
        var leaver = capacity.AcquireAsync(source.Token).AsTask();
        var stayer = capacity.AcquireAsync().AsTask();

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        capacity.Release();
        await stayer;
        capacity.Release();
        Assert.Equal(0, capacity.InUse);
    }

    [Fact]
    public async Task AcquireAsync_CancelledBefore_TakesNothing()
    {
        var capacity = new AgentCapacity(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await capacity.AcquireAsync(new CancellationToken(canceled: true)));
        Assert.Equal(0, capacity.InUse);
    }

    [Fact]
    public void Release_MoreThanWasTaken_IsMisuse() => Assert.Throws<InvalidOperationException>(new AgentCapacity(1).Release);

    [Fact]
    public async Task Capacity_ManyThreadsAndCancellations_IsNeverExceededAndNeverLeaks()
    {
        var capacity = new AgentCapacity(3);
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 400; i++)
            {
                using var source = new CancellationTokenSource();
                var waiting = capacity.AcquireAsync(source.Token).AsTask();
                if ((i + thread) % 3 == 0) await source.CancelAsync();
                try
                {
                    await waiting;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }

                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                capacity.Release();
            }
        })));

        Assert.InRange(most, 1, 3);
        Assert.Equal((0, 0), (capacity.InUse, capacity.Waiting));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var found && found != seen) seen = found;
    }
}
