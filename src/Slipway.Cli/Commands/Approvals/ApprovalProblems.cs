using Slipway.Cli.Views;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Cli.Commands.Approvals;

/// <summary>Why a decision does not count.</summary>
internal static class ApprovalProblems
{
    public static Diagnostic Of(DecisionResult result, Approval approval, ApprovalDecision decision) => result switch
    {
        DecisionResult.NotAllowed => new Diagnostic
        {
            Code = "SLW1020",
            Summary = $"'{decision.By}' is none of those who may decide '{approval.Request.Id}': {string.Join(", ", approval.Request.Approvers)}",
            Fix = "let one of them decide; who belongs to a group that may says so with --group",
        },
        DecisionResult.NotPending => new Diagnostic
        {
            Code = "SLW1019",
            Summary = $"the question '{approval.Request.Id}' is no longer open: {WhatHappened(approval)}",
            Fix = "that stays; see 'slipway approvals list --pending' for what is open",
        },
        _ => new Diagnostic
        {
            Code = "SLW1018",
            Summary = $"the question '{approval.Request.Id}' was removed with its run",
            Fix = "see 'slipway approvals list'",
        },
    };

    private static string WhatHappened(Approval approval)
    {
        var at = approval.DecidedAt is { } decided ? $" at {Timestamps.ForPeople(decided)} UTC" : "";
        return approval.Status switch
        {
            ApprovalStatus.Approved => $"{approval.Decision!.By} approved it{at}",
            ApprovalStatus.Rejected => $"{approval.Decision!.By} rejected it{at}",
            ApprovalStatus.Expired => $"it expired{at}",
            _ => $"its run withdrew it{at}",
        };
    }
}
