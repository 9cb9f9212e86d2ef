using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Runs;
using Slipway.Coordination.Board;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs board</c>.</summary>
internal sealed class RunsBoardVerb : Verb
{
    private const int MostSignals = 10_000;

    public RunsBoardVerb(Surroundings surroundings)
        : base(
            "board",
            "Show what the agents of a run told each other and share: signals, state, quality gates",
            surroundings,
            "runs board release-7",
            "runs board release-7 --signals 1000 -o json | jq '.signals[].type'")
    {
        var name = CommonOptions.Run();
        var signals = new Option<int>("--signals") { Description = $"At most so many of the newest signals, 0 to {MostSignals}", HelpName = "n", DefaultValueFactory = _ => 50 };
        signals.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > MostSignals) result.AddError($"--signals takes a whole number from 0 to {MostSignals}");
        });
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(name);
        Add(signals);
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var (runId, problem) = await KnownRuns.FindAsync(store?.Journal, arguments.GetRequiredValue(name), cancellationToken);
            RecordedBoard? board = null;
            if (store is not null && runId is not null)
                (board, problem) = await KnownRuns.ReadAsync(store.Journal, runId, () => RecordedBoard.LoadAsync(store.Journal, runId, cancellationToken));
            if (board is null)
            {
                output.Tell([problem!]);
                return ExitCodes.Error;
            }

            output.Write(new BoardView(board, arguments.GetValue(signals)));
            return ExitCodes.Done;
        });
    }
}
