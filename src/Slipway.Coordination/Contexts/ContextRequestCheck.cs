using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>Everything that can be wrong with a distribution.</summary>
internal static class ContextRequestCheck
{
    /// <summary>What can be said of the request alone.</summary>
    public static void Check(ContextRequest request, ContextDistributorOptions options, List<Diagnostic> problems)
    {
        ContextRules.CheckName(request.CoordinationId, "coordination_id", "coordination id", problems);
        ContextRules.CheckName(request.SessionId, "session_id", "session id", problems);
        if (request.ParentWorkflowId is { } parent) ContextRules.CheckName(parent, "parent_workflow_id", "id of the parent workflow", problems);
        foreach (var (id, assignment) in request.Assignments)
        {
            var path = $"agent_assignments.{id}";
            ContextRules.CheckName(id, path, "id of an agent", problems);
            ContextRules.Check(assignment, path, problems);
            CheckSize(ContextRules.SizeOf(assignment), options.MaxAssignmentBytes, path, nameof(options.MaxAssignmentBytes), problems);
        }

        if (request.Shared is { } shared)
        {
            ContextRules.Check(shared, "shared_intelligence", problems);
            CheckSize(ContextRules.SizeOf(shared), options.MaxSharedBytes, "shared_intelligence", nameof(options.MaxSharedBytes), problems);
        }

        foreach (var (id, resources) in request.Resources ?? new Dictionary<string, ResourceAllocation>(StringComparer.Ordinal))
        {
            var path = $"resource_allocations.{id}";
            ContextRules.Check(resources, path, problems);
            if (request.Assignments.ContainsKey(id)) continue;
            problems.Add(ContextRules.Problem(
                ContextCodes.UnknownAgent, path, $"Resources are allocated to '{id}', which has no assignment", ContextRules.MeantOr(id, [.. request.Assignments.Keys], "Give it an assignment too, or leave it out.")));
        }

        if (request.Protocols is { } protocols) ContextRules.Check(protocols, "coordination_protocols", problems);
    }

    /// <summary>What can be said of the request beside what is there.</summary>
    public static void CheckAgainst(
        ContextRequest request, CoordinationContexts? known, int coordinations, ContextDistributorOptions options, List<Diagnostic> problems)
    {
        if (known is null && coordinations >= options.MaxCoordinations)
            problems.Add(ContextRules.Problem(ContextCodes.TooMany, "coordination_id", $"There are {coordinations} coordinations already", "Clear those that have ended, or raise MaxCoordinations."));
        if ((known?.Agents.Count ?? 0) + request.Assignments.Count > options.MaxAgents)
            problems.Add(ContextRules.Problem(ContextCodes.TooMany, "agent_assignments", $"The coordination would have more than {options.MaxAgents} agents", "Use several coordinations, or raise MaxAgents."));
        if (known is null) return;
        if (known.SessionId != request.SessionId)
            problems.Add(ContextRules.Problem(ContextCodes.OtherSession, "session_id", $"The coordination '{request.CoordinationId}' belongs to the session '{known.SessionId}'", "Name that session, or clear the coordination first."));
        if (request.Shared is not null)
            problems.Add(ContextRules.Problem(ContextCodes.Exists, "shared_intelligence", $"The coordination '{request.CoordinationId}' has its shared intelligence already", "Leave it out, and update what is there."));
        foreach (var id in request.Assignments.Keys.Where(known.Agents.ContainsKey))
            problems.Add(ContextRules.Problem(ContextCodes.Exists, $"agent_assignments.{id}", $"The agent '{id}' has its package already", "Leave it out, or clear the coordination first."));
    }

    public static Diagnostic UnknownCoordination(string id) =>
        ContextRules.Problem(ContextCodes.UnknownCoordination, "coordination_id", $"There is no coordination '{id}'", "Distribute its contexts first.");

    private static void CheckSize(long size, long most, string path, string option, List<Diagnostic> problems)
    {
        if (size > most) problems.Add(ContextRules.Problem(ContextCodes.TooLarge, path, $"'{path}' has {size} bytes, more than {most}", $"Give less, or raise {option}."));
    }
}
