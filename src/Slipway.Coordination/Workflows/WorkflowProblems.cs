using System.Globalization;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Routing;

namespace Slipway.Coordination.Workflows;

/// <summary>Why a workflow is refused, and why its steps fail.</summary>
internal static class WorkflowProblems
{
    public static Diagnostic NoAssignments() =>
        Problem("SLW5900", "agent_assignments", "The workflow has no assignments", "Give at least one agent something to do.");

    public static Diagnostic BadName(string path, string what, string? name, int longest) =>
        Problem("SLW5901", path, $"'{name}' cannot be {what}", string.Create(CultureInfo.InvariantCulture, $"Use 1 to {longest} printable characters that do not begin with '@'."));

    public static Diagnostic UnknownAgent(string agentId, string name, IReadOnlyList<string> known) => Problem(
        "SLW5902",
        $"agent_assignments.{agentId}",
        agentId == name ? $"Nobody is registered who could do the assignment of '{agentId}'" : $"Nobody is registered who could do the assignment of '{agentId}', neither as '{name}' nor by that id",
        Suggestion.Closest(name, known) is { } near ? $"Did you mean '{near}'?" : $"Register an agent of that name, or name one in agent_role: {string.Join(", ", known)}.");

    public static Diagnostic MissingTarget(string agentId, string target, IReadOnlyList<string> known) => Problem(
        "SLW5903",
        $"agent_assignments.{agentId}.dependencies",
        $"'{agentId}' depends on '{target}', which has no assignment",
        Suggestion.Closest(target, known) is { } near ? $"Did you mean '{near}'?" : "Give it an assignment, or name it as an external agent and wait for its signal.");

    public static Diagnostic Cycle(string cycle) =>
        Problem("SLW5904", "agent_assignments", $"Agents depend on each other: {cycle}", "Take one of these dependencies out.");

    public static Diagnostic WaitsOfNobody(string agentId, IReadOnlyList<string> known) => Problem(
        "SLW5905",
        $"dependencies.{agentId}",
        $"Dependencies are given for '{agentId}', which has no assignment",
        Suggestion.Closest(agentId, known) is { } near ? $"Did you mean '{near}'?" : "Give it an assignment too, or leave them out.");

    public static Diagnostic NoWorkflow(string id) =>
        Problem("SLW5906", "coordination_id", $"The run '{id}' is no workflow", "Resume it with the engine.");

    public static Diagnostic NotRunning(string id) =>
        Problem("SLW5907", "coordination_id", $"No workflow '{id}' goes on here", "Tell it while it runs, to the coordinator that runs it.");

    public static Failure AskedForRetry(string reason) =>
        new() { Code = "SLW5910", Kind = FailureKind.Transient, Message = $"routing asks for another attempt: {reason}" };

    public static Failure AskedForError(RoutingResult result, Failure? failure) => failure is null
        ? new Failure { Code = "SLW5911", Kind = FailureKind.Permanent, Message = $"routing calls the result an error: {result.Reasoning}" }
        : failure with { Kind = FailureKind.Permanent, Detail = $"routing allows no further attempt: {result.Reasoning}" };

    public static Failure NotOpened(Diagnostic problem) =>
        new() { Code = "SLW5912", Kind = FailureKind.Permanent, Message = $"the contexts of the workflow could not be distributed: {problem.Summary}" };

    public static Failure NotBranched(string task, Diagnostic problem) =>
        new() { Code = "SLW5913", Kind = FailureKind.Permanent, Message = $"routing branches to '{task}', but that cannot be added: {problem.Summary}" };

    public static Failure DependencyMissing(DependencyResult result) => result.Failure! with
    {
        Message = $"dependency '{result.DependencyId}' did not come: {result.Failure!.Message}",
        Source = result.DependencyId,
    };

    private static Diagnostic Problem(string code, string path, string summary, string fix) =>
        new() { Code = code, Summary = summary, Place = new SourcePlace(null, Path: path), Fix = fix };
}
