using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.CrashHost;

/// <summary>One of several hosts on one journal. It says which runs begin and end here, and stops when it reads a line.</summary>
internal static class ShareCommand
{
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string store, string owner, string effects, string killPoint, TextReader input, TextWriter output)
    {
        var (stored, closing) = await StoreOf.OpenAsync(store);
        await using var _ = closing;
        var talk = TextWriter.Synchronized(output);
        var journal = new KillingJournal(stored, KillPoint.Parse(killPoint));
        // An owner that is no process of this machine: only the end of its lease tells that it is dead.
        var engine = new RunEngine(
            journal,
            new AgentRegistry { { EffectAgent.Name, new EffectAgent(effects) } },
            new RunOptions { Owner = owner, LeaseDuration = LeaseDuration, Observers = [new Talker(talk)] });
        await using var host = new RunHost(engine, new RunHostOptions { Name = owner, MaxConcurrentRuns = 4 });
        await output.WriteLineAsync("open");
        await input.ReadLineAsync();
        using var stop = new CancellationTokenSource();
        var hosting = host.RunAsync(stop.Token);
        await input.ReadLineAsync();
        await stop.CancelAsync();
        await hosting;
        await talk.WriteLineAsync("done");
        return 0;
    }

    private sealed class Talker(TextWriter talk) : IRunObserver
    {
        public void OnEntry(JournalEntry entry)
        {
        }

        public void OnEntry(string runId, JournalEntry entry)
        {
            if (entry.Event is RunResumed) talk.WriteLine($"began {runId}");
            if (entry.Event is RunFinished) talk.WriteLine($"ended {runId}");
        }
    }
}
