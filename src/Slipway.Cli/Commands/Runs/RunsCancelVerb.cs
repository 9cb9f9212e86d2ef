using Slipway.Cli.Hosting;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Storage.Leases;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs cancel</c>.</summary>
internal sealed class RunsCancelVerb : Verb
{
    public RunsCancelVerb(Surroundings surroundings)
        : base("cancel", "End a run for good that no process works on", surroundings, "runs cancel up-20261121-101500")
    {
        var name = CommonOptions.Run();
        var directory = CommonOptions.Directory(surroundings);
        Add(name);
        Add(directory);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments);
            await using var journal = RunJournals.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var (runId, problem) = await RunJournals.FindAsync(journal, arguments.GetRequiredValue(name), cancellationToken);
            if (problem is not null || journal is null || runId is null)
            {
                output.Tell([problem!]);
                return ExitCodes.Error;
            }

            var engine = new RunEngine(journal, new AgentRegistry(), new RunOptions { Time = surroundings.Time, Owner = LeaseOwner.Current.ToString() });
            var result = await engine.CancelAsync(runId, "cancelled by 'slipway runs cancel'", cancellationToken);
            output.Tell(result.Problems);
            if (result.Problems.Count > 0) return result.Run is null && await IsHeldAsync(journal, runId, cancellationToken) ? ExitCodes.LockHeld : ExitCodes.Error;
            output.Say($"{runId}: {RunNames.Of(result.Status!.Value)}");
            return ExitCodes.Done;
        });
    }

    private static async Task<bool> IsHeldAsync(IRunJournal journal, string runId, CancellationToken cancellationToken) =>
        await journal.GetLeaseAsync(runId, cancellationToken) is not null;
}
