using Slipway.Coordination.Approvals;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Approvals;

/// <summary><c>slipway approvals list</c>.</summary>
/// <param name="approvals">The questions, oldest first.</param>
/// <param name="isPendingOnly">Whether those that are settled were left out.</param>
internal sealed class ApprovalListView(IReadOnlyList<Approval> approvals, bool isPendingOnly) : IView
{
    public Node ToDocument() => new MappingNode().Add("approvals", ApprovalDocument.From(approvals));

    public void WriteHuman(Terminal terminal)
    {
        if (approvals.Count == 0) terminal.Line(isPendingOnly ? "Nothing waits for a person." : "No run has asked a person yet.");
        else WriteTable(terminal, approvals);
    }

    /// <summary>Prints a line a question.</summary>
    public static void WriteTable(Terminal terminal, IEnumerable<Approval> approvals)
    {
        var table = new TextTable("ID", "STATUS", "ASKED (UTC)", "EXPIRES (UTC)", "WHO MAY", "QUESTION");
        foreach (var approval in approvals)
        {
            var request = approval.Request;
            table.Add(
                approval.Status is ApprovalStatus.Pending ? terminal.Yellow : null,
                request.Id,
                RunNames.Of(approval.Status),
                Timestamps.ForPeople(request.RequestedAt),
                request.ExpiresAt is { } expiry ? Timestamps.ForPeople(expiry) : "",
                request.Approvers.Count == 0 ? "anybody" : string.Join(", ", request.Approvers),
                request.Question);
        }

        table.Write(terminal);
    }
}
