using System.Text.Json;
using Slipway.Cli.Views.Platform;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Runs;
using Slipway.Documents;

namespace Slipway.Cli.Views.Approvals;

/// <summary><c>slipway approvals show</c>: a question whole.</summary>
/// <param name="approval">The question.</param>
/// <param name="paths">Paths as the user would name them.</param>
internal sealed class ApprovalView(Approval approval, ShownPaths paths) : IView
{
    public Node ToDocument() => ApprovalDocument.From(approval);

    public void WriteHuman(Terminal terminal)
    {
        var request = approval.Request;
        terminal.Line($"{terminal.Bold(request.Id)}  {RunNames.Of(approval.Status)}");
        terminal.Line(request.Question);
        terminal.Line($"asked {Timestamps.ForPeople(request.RequestedAt)} UTC by step '{request.StepId}' of run '{request.RunId}'{Expiry(request)}");
        terminal.Line(request.Approvers.Count == 0 ? "anybody may decide" : $"may be decided by {string.Join(", ", request.Approvers)}");
        Write(terminal, "detail", request.Detail);
        if (approval.DecidedAt is { } decidedAt) terminal.Line($"{RunNames.Of(approval.Status)} {Timestamps.ForPeople(decidedAt)} UTC{Decided(approval.Decision)}");
        Write(terminal, "answer", approval.Decision?.Answer ?? default);
        if (approval.Status is ApprovalStatus.Pending) terminal.Line($"\nNext: slipway approvals approve {request.Id}{paths.DirectoryFlag}, or reject");
    }

    private static string Expiry(ApprovalRequest request) => request.ExpiresAt is { } expiry ? $", open until {Timestamps.ForPeople(expiry)} UTC" : "";

    private static string Decided(ApprovalDecision? decision) => decision is null ? "" : $" by {decision.By}{(decision.Note is { } note ? $": {note}" : "")}";

    private static void Write(Terminal terminal, string name, JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Undefined) terminal.Writer.Write(DocumentWriter.Write(new MappingNode().Add(name, JsonForms.Verbatim(json))));
    }
}
