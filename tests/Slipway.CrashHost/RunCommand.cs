using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Storage.Leases;

namespace Slipway.CrashHost;

/// <summary>Begins the mixed plan, or goes on with it when the journal knows the run, and ends itself where it is told to.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(string store, string runId, string effects, string killPoint, TextWriter output)
    {
        var point = KillPoint.Parse(killPoint);
        var (stored, closing) = await StoreOf.OpenAsync(store);
        await using var _ = closing;
        var journal = new KillingJournal(stored, point);
        var engine = new RunEngine(
            journal,
            new AgentRegistry { { EffectAgent.Name, new EffectAgent(effects) } },
            new RunOptions { Owner = LeaseOwner.Current.ToString(), Parallelism = 6 });
        using var timer = point.Moment == KillMoment.Milliseconds ? new Timer(static _ => KillPoint.Kill(), null, point.Number, Timeout.Infinite) : null;

        var isKnown = await RunProjection.LoadAsync(stored, runId) is not null;
        var result = isKnown ? await engine.ResumeAsync(runId) : await engine.StartAsync(runId, MixedPlan.Create());

        foreach (var problem in result.Problems) await output.WriteLineAsync(problem.ToString());
        await output.WriteLineAsync($"{result.Status} after {journal.Appends} appends");
        return result.IsSuccess ? 0 : 1;
    }
}
