using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Runs;
using Slipway.Coordination.Journal;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs list</c>.</summary>
internal sealed class RunsListVerb : Verb
{
    public RunsListVerb(Surroundings surroundings)
        : base("list", "List the runs of a platform, newest first", surroundings, "runs list", "runs list -C examples/storefront -o json")
    {
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var runs = new List<RunProjection>();
            await using var journal = RunJournals.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            if (journal is not null)
            {
                await foreach (var id in journal.ListRunsAsync(cancellationToken))
                {
                    if (await RunProjection.LoadAsync(journal, id, cancellationToken) is { } run) runs.Add(run);
                }
            }

            OutputOf(arguments, format).Write(new RunListView(runs, surroundings.Time.GetUtcNow()));
            return ExitCodes.Done;
        });
    }
}
