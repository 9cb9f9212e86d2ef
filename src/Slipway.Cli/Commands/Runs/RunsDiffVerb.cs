using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Runs;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Replay;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs diff</c>.</summary>
internal sealed class RunsDiffVerb : Verb
{
    public RunsDiffVerb(Surroundings surroundings)
        : base(
            "diff",
            "Compare two runs: their plans, how their steps ended, what these gave, how long they took",
            surroundings,
            "runs diff up-20261121-101500 up-20261122-090000",
            "runs diff up-20261121-101500 up-20261122-090000 --detailed-exitcode")
    {
        var nameA = new Argument<string>("a") { Description = "The first run's id, or the beginning of it" };
        var nameB = new Argument<string>("b") { Description = "The second run's id, or the beginning of it" };
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "Exit 2 when the runs differ in more than timing" };
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(nameA);
        Add(nameB);
        Add(detailed);
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var (a, problemA) = await KnownRuns.FindReplayAsync(store?.Journal, arguments.GetRequiredValue(nameA), cancellationToken);
            var (b, problemB) = await KnownRuns.FindReplayAsync(store?.Journal, arguments.GetRequiredValue(nameB), cancellationToken);
            if (a is null || b is null)
            {
                output.Tell(new[] { problemA, problemB }.OfType<Diagnostic>());
                return ExitCodes.Error;
            }

            var diff = RunDiff.Compare(a, b);
            output.Write(new RunDiffView(diff));
            return diff.HasDifferences && arguments.GetValue(detailed) ? ExitCodes.Changes : ExitCodes.Done;
        });
    }
}
