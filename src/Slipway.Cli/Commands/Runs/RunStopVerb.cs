using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Commands.Runs;

/// <summary>A verb that stops a run, in whichever process it goes on: that one is asked, and stops in order.</summary>
internal abstract class RunStopVerb : Verb
{
    private readonly Argument<string> _name = CommonOptions.Run();
    private readonly Option<string> _reason;
    private readonly Option<string> _directory;

    protected RunStopVerb(string name, string description, string usualReason, Surroundings surroundings, params string[] examples)
        : base(name, description, surroundings, examples)
    {
        _reason = new Option<string>("--reason") { Description = "Why, for whoever reads it later; it is journaled", HelpName = "text", DefaultValueFactory = _ => usualReason };
        _directory = CommonOptions.Directory(surroundings);
        Add(_name);
        Add(_reason);
        Add(_directory);
        SetAction(StopAsync);
    }

    /// <summary>Stops the run.</summary>
    protected abstract Task<RunResult> StopAsync(RunEngine engine, string runId, string reason, ParseResult arguments, CancellationToken cancellationToken);

    private async Task<int> StopAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = OutputOf(arguments);
        await using var store = PlatformStore.OpenExisting(Surroundings, arguments.GetRequiredValue(_directory));
        var (runId, problem) = await KnownRuns.FindAsync(store?.Journal, arguments.GetRequiredValue(_name), cancellationToken);
        if (problem is not null || store is null || runId is null)
        {
            output.Tell([problem!]);
            return ExitCodes.Error;
        }

        if (await store.Journal.GetLeaseAsync(runId, cancellationToken) is { } lease) output.Say($"asking {lease.Owner} to stop");
        var engine = new RunEngine(store.Journal, new AgentRegistry(), PlatformStore.OptionsFor(store, Surroundings.Time));
        var result = await StopAsync(engine, runId, arguments.GetRequiredValue(_reason), arguments, cancellationToken);
        output.Tell(result.Problems);
        if (result.Problems.Count > 0) return ExitCodes.Error;
        output.Say($"{runId}: {RunNames.Of(result.Status!.Value)}");
        return ExitCodes.Done;
    }
}
