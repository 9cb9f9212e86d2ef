using Slipway.Actions;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs resume</c>.</summary>
internal sealed class RunsResumeVerb : PlatformVerb
{
    public RunsResumeVerb(Surroundings surroundings)
        : base(
            "resume",
            "Go on with a run that was interrupted, killed or failed; what had succeeded is not done again",
            surroundings,
            PlatformPhases.None,
            "runs resume up-20261121-101500")
    {
        var name = CommonOptions.Run();
        var directory = CommonOptions.Directory(surroundings);
        Add(name);
        Add(directory);
        Add(Format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, Format);
            var full = Path.GetFullPath(arguments.GetRequiredValue(directory), surroundings.Environment.WorkingDirectory);
            string? runId;
            await using (var store = PlatformStore.OpenExisting(surroundings, full))
            {
                (runId, var problem) = await KnownRuns.FindAsync(store?.Journal, arguments.GetRequiredValue(name), cancellationToken);
                if (runId is null)
                {
                    output.Tell([problem!]);
                    return ExitCodes.Error;
                }
            }

            return await WithRunnerAsync(
                arguments,
                output,
                full,
                async runner =>
                {
                    var outcome = await runner.ResumeAsync(runId, full, cancellationToken);
                    if (outcome is { Run.Status: RunStatus.Succeeded, Platform: null }) output.Say($"{runId} has succeeded already.");
                    return outcome;
                });
        });
    }
}
