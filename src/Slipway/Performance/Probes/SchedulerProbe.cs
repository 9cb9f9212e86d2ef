using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Performance.Probes;

/// <summary>The scheduler: what it costs, how soon a join goes on, and what working side by side gains.</summary>
internal sealed class SchedulerProbe : IProbe
{
    private const string Operation = "Scheduler overhead (<100 tasks) / wave sync / speed-up";
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(20);

    public string Group => "scheduler";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("scheduler-overhead", Operation, "a run of 99 steps in nine levels whose agents do nothing", 50, "ms"),
        new("wave-sync", Operation, "from the end of the last of ten branches to the start of the step after them", 20, "ms"),
        new("scheduler-speedup", Operation, "twelve waits of 20 ms one after the other, as compared with four levels of three", 2, "x") { IsFloor = true, Statistic = Statistic.P50 },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (run.Wants("scheduler-overhead"))
        {
            var plan = BenchPlans.Levels([.. Enumerable.Repeat(11, 9)]);
            run.Times("scheduler-overhead", await run.EachAsync(run.Scale(200), _ => RunAsync(run, BenchPlans.IdleAgents(isInline: false), plan)));
        }

        if (run.Wants("wave-sync")) run.Times("wave-sync", await JoinAsync(run, run.Scale(300)));
        if (run.Wants("scheduler-speedup")) run.Values("scheduler-speedup", (await SpeedUp.MeasureAsync(run, BenchPlans.Levels(3, 3, 3, 3), Work)).Gains);
    }

    private static Task<double[]> JoinAsync(ProbeRun run, int count)
    {
        var plan = BenchPlans.Join(10);
        return run.SampleAsync(count, async _ =>
        {
            var (lastEnd, waited) = (0L, 0.0);
            var agents = BenchPlans.Agents((context, _) =>
            {
                if (context.Step.DependsOn.Count > 0) waited = run.SecondsSince(Volatile.Read(ref lastEnd));
                else Volatile.Write(ref lastEnd, run.Now);
                return new ValueTask<StepOutcome>(StepOutcome.Success);
            });
            await RunAsync(run, agents, plan);
            return waited;
        });
    }

    private static Task RunAsync(ProbeRun run, AgentRegistry agents, Plan plan) =>
        BenchPlans.RunAsync(new InMemoryJournal(run.Time), agents, "scheduler", plan, cancellationToken: run.CancellationToken);
}
