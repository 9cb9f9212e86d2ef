using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;

namespace Slipway.Performance.Probes;

/// <summary>Agents: how many at once, and how long one takes to be registered.</summary>
internal sealed class AgentProbe : IProbe
{
    private const int AtOnce = 64;

    public string Group => "agents";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("concurrent-agents", "Concurrent agents", "agents that a run had under way at the same moment", 50, "agents") { IsFloor = true },
        new("registry-register", "Registry register", "an agent registered among up to 1,000 others", 50, "ms"),
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (run.Wants("concurrent-agents")) run.Values("concurrent-agents", [await CountAtOnceAsync(run)]);
        if (!run.Wants("registry-register")) return;
        var registry = new AgentRegistry(run.Time);
        var agent = new DelegateAgent(static (_, _) => new ValueTask<StepOutcome>(StepOutcome.Success));
        run.Times("registry-register", run.Each(run.Scale(1_000), call =>
            registry.Register(new AgentDescriptor { Name = $"agent-{call}", Capabilities = ["parse", "generate"], MaxConcurrency = 4 }, agent)));
    }

    /// <summary>Each agent waits until all have begun, so the run ends only when it had all of them under way.</summary>
    private static async Task<double> CountAtOnceAsync(ProbeRun run)
    {
        var begun = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var agents = BenchPlans.Agents(async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref begun) == AtOnce) all.SetResult();
            await all.Task.WaitAsync(cancellationToken);
            return StepOutcome.Success;
        });
        await BenchPlans.RunAsync(new InMemoryJournal(run.Time), agents, "agents", BenchPlans.Levels(AtOnce), AtOnce, run.CancellationToken);
        return begun;
    }
}
