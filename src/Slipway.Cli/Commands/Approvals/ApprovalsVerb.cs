using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands.Approvals;

/// <summary><c>slipway approvals</c>: what runs ask people, and the answers.</summary>
internal sealed class ApprovalsVerb : Verb
{
    public ApprovalsVerb(Surroundings surroundings)
        : base(
            "approvals",
            "List and show what runs ask people, and approve or reject it",
            surroundings,
            "approvals list --pending",
            "approvals approve release-7/deploy/1 --note \"seen the diff\"")
    {
        Add(new ApprovalsListVerb(surroundings));
        Add(new ApprovalsShowVerb(surroundings));
        Add(new ApprovalsDecideVerb(surroundings, isApproved: true));
        Add(new ApprovalsDecideVerb(surroundings, isApproved: false));
    }
}
