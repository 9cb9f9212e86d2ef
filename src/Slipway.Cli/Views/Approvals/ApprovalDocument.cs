using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Approvals;

/// <summary>A question as data: <c>{id, run, step, status, question, detail, approvers[], requested, expires, decided, by, note, answer}</c>.</summary>
internal static class ApprovalDocument
{
    public static SequenceNode From(IEnumerable<Approval> approvals) => new(approvals.Select(From));

    public static MappingNode From(Approval approval)
    {
        var request = approval.Request;
        var node = new MappingNode()
            .Add("id", request.Id)
            .Add("run", request.RunId)
            .Add("step", request.StepId)
            .Add("status", RunNames.Of(approval.Status))
            .Add("question", request.Question);
        if (request.Detail.ValueKind is not JsonValueKind.Undefined) node.Add("detail", JsonForms.Verbatim(request.Detail));
        node.Add("approvers", new SequenceNode(request.Approvers.Select(name => ScalarNode.Of(name)))).Add("requested", Timestamps.Node(request.RequestedAt));
        if (request.ExpiresAt is { } expiry) node.Add("expires", Timestamps.Node(expiry));
        if (approval.DecidedAt is { } decidedAt) node.Add("decided", Timestamps.Node(decidedAt));
        if (approval.Decision is not { } decision) return node;
        node.Add("by", decision.By);
        if (decision.Note is { } note) node.Add("note", note);
        if (decision.Answer.ValueKind is not JsonValueKind.Undefined) node.Add("answer", JsonForms.Verbatim(decision.Answer));
        return node;
    }
}
