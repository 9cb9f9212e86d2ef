using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Cli.Views.Platform;
using Slipway.Cli.Views.Runs;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Rollback;
using Slipway.Coordination.Runs;
using Slipway.Storage.Sqlite;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs rollback</c>.</summary>
internal sealed class RunsRollbackVerb : Verb
{
    private readonly Argument<string> _name = CommonOptions.Run();
    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why, for whoever reads it later; it is journaled",
        HelpName = "text",
        DefaultValueFactory = _ => "asked for by 'slipway runs rollback'",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be undone and what would be left, and undo nothing" };
    private readonly Option<string> _directory;
    private readonly Option<OutputFormat> _format = CommonOptions.Output();

    public RunsRollbackVerb(Surroundings surroundings)
        : base(
            "rollback",
            "Undo what a run did, newest first, by a run of its own; one that was interrupted or failed goes on",
            surroundings,
            "runs rollback release-7 --dry-run",
            "runs rollback release-7 --reason \"the check failed\"")
    {
        _directory = CommonOptions.Directory(surroundings);
        Add(_name);
        Add(_reason);
        Add(_dryRun);
        Add(_directory);
        Add(_format);
        SetAction(RollBackAsync);
    }

    private async Task<int> RollBackAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = OutputOf(arguments, _format);
        await using var store = PlatformStore.OpenExisting(Surroundings, arguments.GetRequiredValue(_directory));
        var (runId, problem) = await KnownRuns.FindAsync(store?.Journal, arguments.GetRequiredValue(_name), cancellationToken);
        RunProjection? run = null;
        if (store is not null && runId is not null) (run, _, problem) = await KnownRuns.LoadAsync(store.Journal, runId, cancellationToken);
        if (store is null || run is null)
        {
            output.Tell([problem!]);
            return ExitCodes.Error;
        }

        var plan = RollbackPlan.For(run);
        if (run.RollbackRunId is null && plan.Plan.Steps.Count == 0)
        {
            output.Tell([NothingToUndo(run)]);
            return ExitCodes.Error;
        }

        if (arguments.GetValue(_dryRun))
        {
            output.Write(new RollbackPlanView(run, plan));
            return ExitCodes.Done;
        }

        var result = await RunAsync(output, store, run.RunId, arguments.GetRequiredValue(_reason), cancellationToken);
        output.Tell(result.Problems);
        if (result.Problems.Count > 0) return result.Run is null && await store.Journal.GetLeaseAsync(run.RunId, cancellationToken) is not null ? ExitCodes.LockHeld : ExitCodes.Error;
        var undo = await RunProjection.LoadAsync(store.Journal, result.Run!.RollbackRunId!, cancellationToken);
        output.Write(new RollbackView(result.Run, undo, plan, ShownPaths.Of(Surroundings, arguments.GetRequiredValue(_directory))));
        return result.Status switch
        {
            RunStatus.RolledBack => ExitCodes.Done,
            RunStatus.Paused => ExitCodes.Interrupted,
            _ => ExitCodes.Error,
        };
    }

    private async Task<RunResult> RunAsync(Output output, SqliteStore store, string runId, string reason, CancellationToken cancellationToken)
    {
        await using var progress = ProgressOf(output);
        var options = PlatformStore.OptionsFor(store, Surroundings.Time) with { Observers = progress is null ? [] : [progress] };
        return await new RunEngine(store.Journal, Surroundings.Agents, options).RollBackAsync(runId, reason, cancellationToken);
    }

    private static Diagnostic NothingToUndo(RunProjection run) => new()
    {
        Code = "SLW1023",
        Summary = $"nothing that run '{run.RunId}' did can be undone",
        Detail = run.Steps.Any(step => step.Attempt > 0) ? "none of its steps that began said how" : "none of its steps began",
        Fix = "undo by hand what must be; 'slipway runs cancel' ends a run that goes on",
    };
}
