using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>Runs on one engine share its slots by their priorities, and none is left without.</summary>
public sealed class RunSlotTests
{
    [Fact]
    public async Task EngineParallelism_ManyRuns_IsNeverExceeded()
    {
        var current = 0;
        var highest = 0;
        var test = new TestRun(new RunOptions { EngineParallelism = 3 }).With("work", async (_, _) =>
        {
            InterlockedMax(ref highest, Interlocked.Increment(ref current));
            await Task.Yield();
            Interlocked.Decrement(ref current);
            return StepOutcome.Success;
        });
        var engine = test.Engine;
        var plan = PlanOf([.. Enumerable.Range(0, 30).Select(i => StepOf($"s{i:D2}", "work"))]);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => engine.StartAsync($"run-{i}", plan)));

        Assert.All(results, result => Assert.True(result.IsSuccess));
        Assert.InRange(highest, 1, 3);
    }

    [Fact]
    public async Task Priority_WhileSlotsAreScarce_SharesThemInProportion()
    {
        var order = new ConcurrentQueue<string>();
        var gate = new SemaphoreSlim(0);
        var test = new TestRun(new RunOptions { EngineParallelism = 1 }).With("work", async (context, _) =>
        {
            order.Enqueue(context.RunId);
            await gate.WaitAsync();
            return StepOutcome.Success;
        });
        var engine = test.Engine;
        var plan = PlanOf([.. Enumerable.Range(0, 40).Select(i => StepOf($"s{i:D2}", "work"))]);
        var runs = new List<Task<RunResult>> { engine.StartAsync("block", PlanOf(StepOf("s", "work"))) };
        await test.UntilAsync(() => order.Count == 1);
        foreach (var (id, priority) in new[] { ("low", 9), ("high", 29) })
        {
            runs.Add(engine.StartAsync(new RunRequest { RunId = id, Plan = plan, Priority = priority }));
            await UntilJournaledAsync(test, id);
        }

        for (var i = 0; i < 41; i++)
        {
            gate.Release();
            await test.UntilAsync(() => order.Count == i + 2);
        }

        var first = order.Skip(1).Take(40).ToList();
        gate.Release(100);
        Assert.All(await Task.WhenAll(runs), result => Assert.True(result.IsSuccess));
        Assert.InRange(first.Count(id => id == "high"), 28, 32);
        Assert.InRange(first.Count(id => id == "low"), 8, 12);
    }

    [Fact]
    public async Task Paused_RunThatWaitsForASlot_LeavesItToTheOthers()
    {
        var gate = new SemaphoreSlim(0);
        var test = new TestRun(new RunOptions { EngineParallelism = 1 }).With("work", async (_, _) =>
        {
            await gate.WaitAsync();
            return StepOutcome.Success;
        });
        var engine = test.Engine;
        using var pause = new CancellationTokenSource();
        var first = engine.StartAsync("first", PlanOf(StepOf("a", "work"), StepOf("b", "work")));
        await test.UntilAsync(() => test.Calls.Count == 1);
        var second = engine.StartAsync("second", PlanOf(StepOf("a", "work")), pause.Token);
        await UntilJournaledAsync(test, "second");
        await pause.CancelAsync();

        Assert.Equal(RunStatus.Paused, (await second).Status);
        gate.Release(3);
        Assert.True((await first).IsSuccess);
        Assert.True((await engine.ResumeAsync("second")).IsSuccess);
    }

    private static async Task UntilJournaledAsync(TestRun test, string runId)
    {
        var count = 0;
        while (count == 0)
        {
            await foreach (var _ in test.Journal.ReadAsync(runId)) count++;
            await Task.Yield();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var current && current != seen) seen = current;
    }
}
