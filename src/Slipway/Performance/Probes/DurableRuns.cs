using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Performance.Probes;

/// <summary>What is asked of every place for durable runs.</summary>
internal static class DurableRuns
{
    /// <summary>A serial chain beside bare commits, in turns so that both see the same disk.</summary>
    /// <returns>The chain's rate as a share of that of bare commits, of each round, and what both were at best.</returns>
    public static async Task<(double[] Shares, string Note)> ChainShareAsync(ProbeRun run, IDurableStore store)
    {
        var count = run.Scale(500);
        var plan = BenchPlans.Chain(count);
        var (bestBare, bestChain) = (double.MaxValue, double.MaxValue);
        var number = 0;
        var shares = await run.SampleAsync(5, async round =>
        {
            var begun = run.Now;
            await store.CommitBareAsync(count, run.CancellationToken);
            var bare = run.SecondsSince(begun);
            begun = run.Now;
            await RunAsync(run, store.Journal, $"chain-{++number}", plan, inFlight: 1);
            var chain = run.SecondsSince(begun);
            if (round >= 0) (bestBare, bestChain) = (Math.Min(bestBare, bare), Math.Min(bestChain, chain));
            return bare / chain;
        });

        return (shares, FormattableString.Invariant($"at best {count / bestChain:N0} steps and {count / bestBare:N0} bare commits a second"));
    }

    /// <summary>Many steps at once.</summary>
    /// <returns>The steps a second of each round.</returns>
    public static async Task<double[]> RatesAsync(ProbeRun run, IDurableStore store, int steps, int inFlight)
    {
        var plan = BenchPlans.FanOut(steps);
        var round = 0;
        var seconds = await run.EachAsync(3, _ => RunAsync(run, store.Journal, $"wide-{++round}", plan, inFlight));
        return [.. seconds.Select(value => steps / value)];
    }

    /// <summary>A run whose steps all succeed.</summary>
    /// <returns>How many succeeded.</returns>
    public static Task<int> RunAsync(ProbeRun run, IRunJournal journal, string runId, Plan plan, int inFlight) =>
        BenchPlans.RunAsync(journal, BenchPlans.IdleAgents(isInline: false), runId, plan, inFlight, run.CancellationToken);
}
