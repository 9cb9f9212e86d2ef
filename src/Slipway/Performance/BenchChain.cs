using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Performance.Probes;

namespace Slipway.Performance;

/// <summary>The run that is killed and resumed: a chain of steps that do nothing.</summary>
public static class BenchChain
{
    /// <summary>The run's id.</summary>
    public const string RunId = "chain";

    /// <summary>Begins the run, or goes on with it.</summary>
    /// <param name="journal">Where it is recorded.</param>
    /// <param name="owner">Who runs it.</param>
    /// <param name="steps">How many steps it has.</param>
    /// <param name="cancellationToken">Pauses it.</param>
    public static async Task<RunResult> RunAsync(IRunJournal journal, string owner, int steps, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var engine = new RunEngine(journal, BenchPlans.IdleAgents(isInline: false), new RunOptions { Owner = owner });
        var resumed = await engine.ResumeAsync(RunId, cancellationToken);
        return resumed.Problems is [{ Code: "SLW5111" }] ? await engine.StartAsync(RunId, BenchPlans.Chain(steps), cancellationToken) : resumed;
    }
}
