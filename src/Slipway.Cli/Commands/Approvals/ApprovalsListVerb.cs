using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Approvals;
using Slipway.Coordination.Approvals;

namespace Slipway.Cli.Commands.Approvals;

/// <summary><c>slipway approvals list</c>.</summary>
internal sealed class ApprovalsListVerb : Verb
{
    public ApprovalsListVerb(Surroundings surroundings)
        : base("list", "List what runs have asked people, oldest first", surroundings, "approvals list --pending", "approvals list -o json | jq '.approvals[].id'")
    {
        var pending = new Option<bool>("--pending") { Description = "Only what nobody has decided yet" };
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(pending);
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            ApprovalStatus? status = arguments.GetValue(pending) ? ApprovalStatus.Pending : null;
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var approvals = store is null ? [] : await store.Approvals.ListAsync(runId: null, status, cancellationToken).ToListAsync(cancellationToken);
            OutputOf(arguments, format).Write(new ApprovalListView(approvals, isPendingOnly: status is not null));
            return ExitCodes.Done;
        });
    }
}
