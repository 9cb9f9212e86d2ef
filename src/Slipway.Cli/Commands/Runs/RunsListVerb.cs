using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Runs;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Diagnostics;

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
            var runs = new List<RunSituation>();
            var problems = new List<Diagnostic>();
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            if (store is not null)
            {
                var approvals = (await store.Approvals.ListAsync(runId: null, ApprovalStatus.Pending, cancellationToken).ToListAsync(cancellationToken)).ToLookup(approval => approval.Request.RunId, StringComparer.Ordinal);
                var locks = (await store.Locks.ListAsync(cancellationToken).ToListAsync(cancellationToken)).ToLookup(held => held.RunId, StringComparer.Ordinal);
                await foreach (var id in store.Journal.ListRunsAsync(cancellationToken))
                {
                    var (run, lease, problem) = await KnownRuns.LoadAsync(store.Journal, id, cancellationToken);
                    if (problem is not null) problems.Add(problem);
                    else if (run is not null) runs.Add(new RunSituation(run, lease, [.. approvals[id]], [.. locks[id]]));
                }
            }

            var output = OutputOf(arguments, format);
            output.Write(new RunListView(runs, surroundings.Time.GetUtcNow()));
            output.Tell(problems);
            return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Error;
        });
    }
}
