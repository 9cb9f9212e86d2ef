using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>Steps of different runs never modify one resource at once, whichever engine runs them.</summary>
public sealed class SharedLockTests
{
    private static readonly Plan ModifiesX = PlanOf(StepOf("a", "work") with { Modifies = ["x"] });

    [Fact]
    public async Task Acquire_HeldByAnotherRun_WaitsAndSaysForWhom()
    {
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun().With("work", (context, _) => context.RunId == "first" ? new ValueTask<StepOutcome>(end.Task) : ValueTask.FromResult(StepOutcome.Success));
        var engine = test.Engine;
        var first = engine.StartAsync("first", ModifiesX);
        await test.UntilAsync(() => test.Calls.Count == 1);
        var second = engine.StartAsync("second", ModifiesX);
        await WaitForAsync<LockWaiting>(test, "second");

        Assert.Single(test.Calls);
        end.SetResult(StepOutcome.Success);
        await first;
        Assert.True((await second).IsSuccess);

        Assert.Equal(
            ["run_started", "step_ready", "lock_waiting", "lock_acquired", "step_started", "step_succeeded", "lock_released", "run_finished"],
            (await EventsAsync(test, "second")).Select(runEvent => runEvent.Type));
        Assert.Equal(new LockWaiting("a", "x", "first", "a"), Assert.Single((await EventsAsync(test, "second")).OfType<LockWaiting>()));
    }

    [Fact]
    public async Task Token_OfEachGrant_GrowsAndReachesTheAgent()
    {
        var tokens = new ConcurrentQueue<long?>();
        var test = new TestRun(new RunOptions { Locks = new InMemoryLockStore() }).With("work", context =>
        {
            tokens.Enqueue(context.LockToken);
            return StepOutcome.Success;
        });

        await test.Engine.StartAsync("first", ModifiesX);
        await test.Engine.StartAsync("second", ModifiesX);
        await test.Engine.StartAsync("third", PlanOf(StepOf("free", "work")));

        Assert.Equal([1, 2, null], tokens);
    }

    [Fact]
    public async Task Lost_WhileTheAgentActs_StopsTheAttemptAndTriesAgainWithANewToken()
    {
        var tokens = new ConcurrentQueue<long?>();
        var started = new TaskCompletionSource();
        var test = new TestRun(new RunOptions { Locks = new InMemoryLockStore(), StopGrace = TimeSpan.FromHours(1) });
        test.With("work", async (context, token) =>
        {
            tokens.Enqueue(context.LockToken);
            if (context.Attempt > 1) return StepOutcome.Success;
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, test.Clock, token);
            return StepOutcome.Success;
        });
        var run = test.Engine.StartAsync(Id, ModifiesX);
        await started.Task;
        await foreach (var held in test.Options.Locks!.ListAsync()) Assert.True(await test.Options.Locks.BreakAsync(held.FencingToken));

        // One renewal and no more: were the clock to run on, an agent that is slow to hear of its stop would be abandoned.
        test.Clock.Advance(test.Options.LeaseDuration / 3);
        var result = await test.ToEndAsync(run);

        Assert.True(result.IsSuccess);
        Assert.Equal([1, 2], tokens);
        Assert.Equal("SLW5108", Assert.Single((await test.EventsAsync()).OfType<StepRetrying>()).Failure.Code);
    }

    [Fact]
    public async Task Resume_AfterTheDeathOfTheHolder_TakesTheLockAtOnce()
    {
        var test = new TestRun(new RunOptions { Locks = new InMemoryLockStore() }).With("work", _ => StepOutcome.Success);
        await test.Options.Locks!.AcquireAsync(new LockRequest { RunId = Id, StepId = "a", Owner = "dead", Resources = ["x"], Duration = TimeSpan.FromDays(1) });
        await test.WriteAsync(new RunStarted(Id, ModifiesX), new LockAcquired("a", ["x"], 1), new StepStarted("a", 1));

        Assert.True((await test.Engine.ResumeAsync(Id)).IsSuccess);
    }

    [Fact]
    public async Task Pause_WhileWaitingForALock_EndsTheWaitAndLeavesNothingLocked()
    {
        var test = new TestRun(new RunOptions { Locks = new InMemoryLockStore() }).With("work", _ => StepOutcome.Success);
        var grant = await test.Options.Locks!.AcquireAsync(new LockRequest { RunId = "other", StepId = "b", Owner = "me", Resources = ["x"], Duration = TimeSpan.FromDays(1) });
        using var pause = new CancellationTokenSource();
        var run = test.Engine.StartAsync(Id, ModifiesX, pause.Token);
        await WaitForAsync<LockWaiting>(test, Id);
        await pause.CancelAsync();

        Assert.Equal(RunStatus.Paused, (await run).Status);
        await test.Options.Locks.ReleaseAsync(grant);
        Assert.Empty(await ListAsync(test.Options.Locks));
        Assert.True((await test.Engine.ResumeAsync(Id)).IsSuccess);
        Assert.Empty(await ListAsync(test.Options.Locks));
    }

    [Fact]
    public async Task Store_ThatFails_PausesTheRunAndSaysWhy()
    {
        var test = new TestRun(new RunOptions { Locks = new FailingLockStore() }).With("work", _ => StepOutcome.Success);

        var result = await test.Engine.StartAsync(Id, ModifiesX);

        Assert.Equal("SLW5115", Assert.Single(result.Problems).Code);
        Assert.Equal(RunStatus.Paused, result.Status);
        Assert.Empty(test.Calls);
    }

    [Fact]
    public async Task Runs_ManyOnFewResources_NeverOverlapAndAllEnd()
    {
        var holders = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var overlaps = 0;
        var test = new TestRun(new RunOptions { Locks = new InMemoryLockStore() }).With("work", async (context, _) =>
        {
            foreach (var resource in context.Step.Modifies)
            {
                if (!holders.TryAdd(resource, context.RunId)) Interlocked.Increment(ref overlaps);
            }

            await Task.Yield();
            foreach (var resource in context.Step.Modifies) holders.TryRemove(resource, out string? _);
            return StepOutcome.Success;
        });
        var engine = test.Engine;
        string[][] sets = [["x"], ["x", "y"], ["y", "z"], ["z", "x"], []];
        var plan = PlanOf([.. Enumerable.Range(0, 20).Select(i => StepOf($"s{i:D2}", "work") with { Modifies = sets[i % sets.Length] })]);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => engine.StartAsync($"run-{i:D2}", plan)));

        Assert.All(results, result => Assert.True(result.IsSuccess));
        Assert.Equal(0, overlaps);
        Assert.Empty(await ListAsync(test.Options.Locks!));
    }

    private static async Task<List<RunEvent>> EventsAsync(TestRun test, string runId)
    {
        var events = new List<RunEvent>();
        await foreach (var entry in test.Journal.ReadAsync(runId)) events.Add(entry.Event);
        return events;
    }

    private static async Task WaitForAsync<T>(TestRun test, string runId)
    {
        while (!(await EventsAsync(test, runId)).OfType<T>().Any()) await Task.Yield();
    }

    private static async Task<List<ResourceLock>> ListAsync(ILockStore store)
    {
        var locks = new List<ResourceLock>();
        await foreach (var one in store.ListAsync()) locks.Add(one);
        return locks;
    }

    private sealed class FailingLockStore : ILockStore
    {
        private readonly InMemoryLockStore _inner = new();

        public async ValueTask<LockGrant> AcquireAsync(LockRequest request, Action<ResourceLock>? onBlocked = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            throw new IOException("the disk is gone");
        }

        public ValueTask<IReadOnlyList<LockGrant>> RenewAsync(IReadOnlyList<LockGrant> grants, TimeSpan duration, CancellationToken cancellationToken = default) =>
            _inner.RenewAsync(grants, duration, cancellationToken);

        public ValueTask ReleaseAsync(LockGrant grant, CancellationToken cancellationToken = default) => _inner.ReleaseAsync(grant, cancellationToken);

        public ValueTask<int> ReleaseRunAsync(string runId, CancellationToken cancellationToken = default) => _inner.ReleaseRunAsync(runId, cancellationToken);

        public IAsyncEnumerable<ResourceLock> ListAsync(CancellationToken cancellationToken = default) => _inner.ListAsync(cancellationToken);

        public ValueTask<bool> BreakAsync(long fencingToken, CancellationToken cancellationToken = default) => _inner.BreakAsync(fencingToken, cancellationToken);
    }
}
