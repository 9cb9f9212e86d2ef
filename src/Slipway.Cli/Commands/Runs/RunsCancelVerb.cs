using System.Globalization;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Storage.Leases;
using Slipway.Workspace;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs cancel</c>.</summary>
internal sealed class RunsCancelVerb : Verb
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public RunsCancelVerb(Surroundings surroundings)
        : base("cancel", "End a run for good; a process on this machine that works on it is asked to stop first", surroundings, "runs cancel up-20261121-101500")
    {
        var name = CommonOptions.Run();
        var directory = CommonOptions.Directory(surroundings);
        Add(name);
        Add(directory);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments);
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var (runId, problem) = await KnownRuns.FindAsync(store?.Journal, arguments.GetRequiredValue(name), cancellationToken);
            if (problem is not null || store is null || runId is null)
            {
                output.Tell([problem!]);
                return ExitCodes.Error;
            }

            await StopOwnerAsync(store.Journal, runId, output, cancellationToken);
            var engine = new RunEngine(store.Journal, new AgentRegistry(), PlatformStore.OptionsFor(store, surroundings.Time));
            var result = await engine.CancelAsync(runId, "cancelled by 'slipway runs cancel'", cancellationToken);
            output.Tell(result.Problems);
            if (result.Problems.Count > 0) return result.Run is null && await IsHeldAsync(store.Journal, runId, cancellationToken) ? ExitCodes.LockHeld : ExitCodes.Error;
            output.Say($"{runId}: {RunNames.Of(result.Status!.Value)}");
            return ExitCodes.Done;
        });
    }

    // The owner stops in order on an interrupt and gives its lease back; the run is then ended from here.
    private async Task StopOwnerAsync(IRunJournal journal, string runId, Output output, CancellationToken cancellationToken)
    {
        if (await journal.GetLeaseAsync(runId, cancellationToken) is not { } lease || LeaseOwner.TryParse(lease.Owner) is not { } owner) return;
        if (owner.Host != LeaseOwner.Current.Host || new LocalProcessProbe().Probe(lease.Owner) != OwnerState.Alive) return;
        var id = owner.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (Surroundings.Processes.Find("kill") is null) return;
        output.Say($"asking process {id} to stop");
        await Surroundings.Processes.RunAsync(new ProcessCommand("kill", ["-INT", id]), cancellationToken);
        for (var waited = TimeSpan.Zero; waited < LongestWait; waited += Pause)
        {
            if (!await IsHeldAsync(journal, runId, cancellationToken)) return;
            await Task.Delay(Pause, Surroundings.Time, cancellationToken);
        }
    }

    private static async Task<bool> IsHeldAsync(IRunJournal journal, string runId, CancellationToken cancellationToken) =>
        await journal.GetLeaseAsync(runId, cancellationToken) is not null;
}
