using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What holds of locks, approvals and many runs on one engine under many threads.</summary>
public sealed class RunEngineStressTests
{
    private const int Threads = 8;

    [Fact]
    public async Task Locks_FromManyThreads_HaveOneHolderServeEverybodyAndLeaveNothing()
    {
        string[] resources = ["a", "b", "c", "d"];
        var store = new InMemoryLockStore();
        var holders = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var newest = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);

        var served = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            var count = 0;
            for (var round = 0; round < 500; round++)
            {
                var wanted = resources.Where(_ => random.Next(2) == 0).DefaultIfEmpty("a").ToArray();
                using var impatience = new CancellationTokenSource();
                var asking = store.AcquireAsync(RequestOf(thread, round, wanted), onBlocked: null, impatience.Token).AsTask();
                if (random.Next(5) == 0) await impatience.CancelAsync();
                LockGrant grant;
                try
                {
                    grant = await asking;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }

                foreach (var resource in wanted)
                {
                    Assert.True(holders.TryAdd(resource, grant.FencingToken));
                    Assert.True(newest.GetValueOrDefault(resource) < grant.FencingToken);
                    newest[resource] = grant.FencingToken;
                }

                if (random.Next(3) == 0) await Task.Yield();
                foreach (var resource in wanted) Assert.True(holders.TryRemove(KeyValuePair.Create(resource, grant.FencingToken)));
                await store.ReleaseAsync(grant);
                count++;
            }

            return count;
        })));

        Assert.All(served, count => Assert.True(count > 0));
        // Nothing is held and nobody waits: all of it is to be had at once.
        Assert.True(store.AcquireAsync(RequestOf(0, 0, resources)).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Approvals_DecidedByManyAtOnce_HaveOneDecisionThatAllSee()
    {
        var store = new InMemoryApprovalStore();
        for (var round = 0; round < 300; round++)
        {
            var id = $"q{round}";
            await store.RequestAsync(new ApprovalRequest { Id = id, RunId = Id, StepId = "s", Question = "Go on?", RequestedAt = default });
            var waiting = Enumerable.Range(0, Threads).Select(_ => Task.Run(() => store.WaitAsync(id).AsTask())).ToList();

            var decided = await Task.WhenAll(Enumerable.Range(0, Threads).Select(person => Task.Run(async () =>
                (await store.DecideAsync(id, new ApprovalDecision { IsApproved = person % 2 == 0, By = $"p{person}" })).Result)));

            Assert.Single(decided, result => result is DecisionResult.Accepted);
            var by = $"p{Array.IndexOf(decided, DecisionResult.Accepted)}";
            Assert.All(await Task.WhenAll(waiting), approval => Assert.Equal(by, approval.Decision!.By));
        }

        Assert.Equal(300, await store.RemoveRunAsync(Id));
    }

    [Fact]
    public async Task ManyRuns_OnOneEngine_KeepLimitsAndLocksAndAllEnd()
    {
        var limits = new (int Now, int Most)[3];
        var gate = new Lock();
        var holders = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var agents = new AgentRegistry();
        var narrow = agents.Register(new AgentDescriptor { Name = "narrow", MaxConcurrency = 2 }, AgentOf(1));
        agents.Add("wide", AgentOf(2));
        var locks = new InMemoryLockStore();
        var journal = new InMemoryJournal(TimeProvider.System);
        var engine = new RunEngine(journal, agents, new RunOptions { EngineParallelism = 5, Parallelism = 3, Locks = locks });

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(run => Task.Run(() =>
            engine.StartAsync(new RunRequest { RunId = $"r{run}", Plan = PlanFor(run), Priority = run % 10 }))));

        Assert.All(results, result => Assert.True(result.IsSuccess));
        Assert.InRange(limits[0].Most, 1, 5);
        Assert.InRange(limits[1].Most, 1, 2);
        Assert.Equal((0, 0, 0), (narrow.Capacity!.InUse, narrow.Capacity.Waiting, narrow.InFlight));
        Assert.Empty(holders);
        Assert.Empty(await HeldAsync(locks));

        static Plan PlanFor(int run)
        {
            var random = new Random(run);
            return PlanOf([.. Enumerable.Range(0, 20).Select(step => StepOf($"s{step:D2}", random.Next(3) == 0 ? "narrow" : "wide") with
            {
                DependsOn = [.. Enumerable.Range(0, step).Where(_ => random.Next(6) == 0).Select(before => new StepDependency($"s{before:D2}"))],
                Modifies = random.Next(4) switch { 0 => ["x"], 1 => ["x", "y"], 2 => ["z", "y"], _ => [] },
            })]);
        }

        DelegateAgent AgentOf(int kind) => new(async (context, _) =>
        {
            foreach (var resource in context.Step.Modifies) Assert.True(holders.TryAdd(resource, context.IdempotencyKey));
            lock (gate) Enter(0, kind);
            await Task.Yield();
            lock (gate) Leave(0, kind);
            foreach (var resource in context.Step.Modifies) Assert.True(holders.TryRemove(resource, out var _));
            return StepOutcome.Success;
        });

        void Enter(params int[] kinds)
        {
            foreach (var kind in kinds) limits[kind] = (limits[kind].Now + 1, Math.Max(limits[kind].Most, limits[kind].Now + 1));
        }

        void Leave(params int[] kinds)
        {
            foreach (var kind in kinds) limits[kind].Now--;
        }
    }

    [Fact]
    public async Task ManyRuns_PausedAndCancelledByManyThreads_AllEndAndLeaveNothing()
    {
        var agents = new AgentRegistry();
        var agent = agents.Register(new AgentDescriptor { Name = "work", MaxConcurrency = 3 }, new DelegateAgent(async (_, token) =>
        {
            for (var i = 0; i < 5; i++) await Task.Yield();
            token.ThrowIfCancellationRequested();
            return StepOutcome.Success;
        }));
        var locks = new InMemoryLockStore();
        var engine = new RunEngine(new InMemoryJournal(TimeProvider.System), agents, new RunOptions { EngineParallelism = 4, Locks = locks });
        var plan = PlanOf([.. Enumerable.Range(0, 12).Select(step => StepOf($"s{step:D2}", "work") with { Modifies = step % 3 == 0 ? ["x"] : [] })]);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(async () =>
        {
            var id = $"r{number}";
            var run = engine.StartAsync(id, plan);
            for (var turn = 0; turn < number; turn++) await Task.Yield();
            var stop = number % 3 == 0 ? engine.CancelAsync(id, "enough") : engine.PauseAsync(id, number % 3 == 1 ? PauseMode.Drain : PauseMode.Stop, "for now");
            await Task.WhenAll(run, stop);
            var result = await engine.ResumeAsync(id);
            while (result.Status is RunStatus.Paused) result = await engine.ResumeAsync(id);
            Assert.Equal((RunStatus.Succeeded, 0), (result.Status, result.Problems.Count));
        })));

        Assert.Equal((0, 0, 0), (agent.Capacity!.InUse, agent.Capacity.Waiting, agent.InFlight));
        Assert.Empty(await HeldAsync(locks));
        Assert.True((await engine.StartAsync("last", plan)).IsSuccess);
    }

    private static LockRequest RequestOf(int thread, int round, string[] resources) => new()
    {
        RunId = $"r{thread}",
        StepId = $"s{round}",
        Owner = "test",
        Resources = resources,
        Duration = TimeSpan.FromHours(1),
    };

    private static async Task<List<ResourceLock>> HeldAsync(InMemoryLockStore locks)
    {
        var held = new List<ResourceLock>();
        await foreach (var one in locks.ListAsync()) held.Add(one);
        return held;
    }
}
