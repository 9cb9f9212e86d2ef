using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.CrashHost;

/// <summary>
/// One of several engines on one journal: takes whatever run nobody holds, waits for the lease of one that somebody does, and ends when all have.
/// </summary>
internal static class ShareCommand
{
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string store, string owner, string effects, string killPoint, TextReader input, TextWriter output)
    {
        var (stored, closing) = await StoreOf.OpenAsync(store);
        await using var _ = closing;
        var journal = new KillingJournal(stored, KillPoint.Parse(killPoint));
        // An owner that is no process of this machine: only the end of its lease tells that it is dead.
        var engine = new RunEngine(
            journal,
            new AgentRegistry { { EffectAgent.Name, new EffectAgent(effects) } },
            new RunOptions { Owner = owner, LeaseDuration = LeaseDuration });
        await output.WriteLineAsync("open");
        await input.ReadLineAsync();
        var runs = new List<string>();
        await foreach (var runId in stored.ListRunsAsync()) runs.Add(runId);
        await Task.WhenAll(runs.Select(runId => Task.Run(() => FinishAsync(engine, stored, runId))));
        await output.WriteLineAsync("done");
        return 0;
    }

    private static async Task FinishAsync(RunEngine engine, IRunJournal journal, string runId)
    {
        while (true)
        {
            var result = await engine.ResumeAsync(runId);
            if (result.IsSuccess) return;
            if (result.Problems is not [{ Code: "SLW5112" }]) throw new InvalidOperationException(string.Join('\n', result.Problems));
            if (await journal.GetLeaseAsync(runId) is { } lease && lease.ExpiresAt - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System);
        }
    }
}
