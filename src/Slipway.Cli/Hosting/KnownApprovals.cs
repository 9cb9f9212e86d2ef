using Slipway.Coordination.Approvals;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Cli.Hosting;

/// <summary>Finds the questions of a platform's runs, or says why not.</summary>
internal static class KnownApprovals
{
    /// <summary>Finds a question by its id or the beginning of it.</summary>
    /// <returns>The question, or a diagnostic.</returns>
    public static async Task<(Approval? Approval, Diagnostic? Problem)> FindAsync(IApprovalStore? approvals, string name, CancellationToken cancellationToken)
    {
        var known = approvals is null ? [] : await approvals.ListAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        var (id, problem) = Abbreviation.Expand(
            name, known.Select(approval => approval.Request.Id), "SLW1018", "question", "see 'slipway approvals list', and name the platform's folder with --dir");
        return (id is null ? null : known.Find(approval => approval.Request.Id == id), problem);
    }
}
