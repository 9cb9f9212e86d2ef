using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Performance.Probes;

/// <summary>How much sooner a plan is done when steps go on side by side.</summary>
internal static class SpeedUp
{
    /// <summary>Runs a plan of waits one step at a time and with all that may go on at once, several times.</summary>
    /// <returns>The duration side by side, in seconds, and that of one at a time divided by it, of each time.</returns>
    public static async Task<(double[] Seconds, double[] Gains)> MeasureAsync(ProbeRun run, Plan plan, TimeSpan work)
    {
        var rounds = run.IsQuick ? 1 : 3;
        var (seconds, gains) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            seconds[round] = await TimeAsync(run, plan, work, plan.Steps.Count);
            gains[round] = await TimeAsync(run, plan, work, parallelism: 1) / seconds[round];
        }

        return (seconds, gains);
    }

    private static async Task<double> TimeAsync(ProbeRun run, Plan plan, TimeSpan work, int parallelism)
    {
        var agents = BenchPlans.Agents(async (_, cancellationToken) =>
        {
            await Task.Delay(work, run.Time, cancellationToken);
            return StepOutcome.Success;
        });
        var begun = run.Now;
        await BenchPlans.RunAsync(new InMemoryJournal(run.Time), agents, "speed-up", plan, parallelism, run.CancellationToken);
        return run.SecondsSince(begun);
    }
}
