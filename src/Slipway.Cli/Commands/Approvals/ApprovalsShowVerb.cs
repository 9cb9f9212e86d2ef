using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Approvals;
using Slipway.Cli.Views.Platform;

namespace Slipway.Cli.Commands.Approvals;

/// <summary><c>slipway approvals show</c>.</summary>
internal sealed class ApprovalsShowVerb : Verb
{
    public ApprovalsShowVerb(Surroundings surroundings)
        : base("show", "Show a question whole: what is asked, what to see before deciding, who may, and what was decided", surroundings, "approvals show release-7/deploy/1")
    {
        var name = CommonOptions.Question();
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(name);
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            var folder = arguments.GetRequiredValue(directory);
            await using var store = PlatformStore.OpenExisting(surroundings, folder);
            var (approval, problem) = await KnownApprovals.FindAsync(store?.Approvals, arguments.GetRequiredValue(name), cancellationToken);
            if (approval is null)
            {
                output.Tell([problem!]);
                return ExitCodes.Error;
            }

            output.Write(new ApprovalView(approval, ShownPaths.Of(surroundings, folder)));
            return ExitCodes.Done;
        });
    }
}
