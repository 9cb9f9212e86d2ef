using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>An engine that runs for long keeps nothing of the runs that have ended.</summary>
public sealed class RunSoakTests
{
    private const int Tenths = 10;
    private const int RunsInATenth = 100;
    private const int StepsInARun = 50;

    [Fact]
    public async Task FiftyThousandSteps_InManyRunsOnOneEngine_LeaveNothingBehind()
    {
        var ended = new List<WeakReference>();
        var agents = new AgentRegistry { { "ok", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success), isInline: true) } };
        var journal = new InMemoryJournal(TimeProvider.System);
        var engine = new RunEngine(journal, agents, new RunOptions { EngineParallelism = 8 });
        for (var tenth = 0; tenth < Tenths; tenth++)
        {
            for (var run = 0; run < RunsInATenth; run++) ended.Add(await RunAsync(engine, journal, $"r{tenth}-{run}"));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The newest may still be on some thread's stack. All others would be 50 steps of memory each.
        Assert.InRange(ended.Count(run => run.IsAlive), 0, 5);
    }

    private static async Task<WeakReference> RunAsync(RunEngine engine, InMemoryJournal journal, string id)
    {
        var result = await engine.StartAsync(id, PlanOf([.. Enumerable.Range(0, StepsInARun).Select(step =>
            StepOf($"s{step}") with { DependsOn = step == 0 ? [] : [$"s{step - 1}"], Modifies = step % 10 == 0 ? ["x"] : [] })]));
        Assert.True(result.IsSuccess);
        Assert.True(await journal.TryDeleteAsync(id));
        return new WeakReference(result.Run);
    }
}
