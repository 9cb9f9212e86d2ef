using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Graphs;

namespace Slipway.Coordination.Workflows;

/// <summary>Finds all that is wrong with a workflow before anything of it runs.</summary>
internal static class WorkflowCheck
{
    private const int LongestName = 100;
    private const int Digits = 8;

    public static void Names(string workflowId, WorkflowOptions options, List<Diagnostic> problems)
    {
        var longest = options.CoordinationId is null ? LongestName - Digits - 1 : LongestName;
        if (!IsName(workflowId, longest)) problems.Add(WorkflowProblems.BadName("workflow_id", "the id of a workflow", workflowId, longest));
        if (options.CoordinationId is { } id && !IsName(id, LongestName)) problems.Add(WorkflowProblems.BadName("coordination_id", "the id of a coordination", id, LongestName));
    }

    /// <summary>Finds who does each assignment: the registered agent of its role, or else the one of its id.</summary>
    public static Dictionary<string, string> Performers(IReadOnlyDictionary<string, AgentAssignment> assignments, AgentRegistry agents, List<Diagnostic> problems)
    {
        var performers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (agentId, assignment) in assignments)
        {
            if (!IsName(agentId, LongestName)) problems.Add(WorkflowProblems.BadName($"agent_assignments.{agentId}", "the id of an agent of a workflow", agentId, LongestName));
            var role = assignment.AgentRole ?? agentId;
            if (agents.Find(role) is not null) performers[agentId] = role;
            else if (agents.Find(agentId) is not null) performers[agentId] = agentId;
            else problems.Add(WorkflowProblems.UnknownAgent(agentId, role, [.. agents.Names.Where(name => name != WorkflowSteps.AgentName)]));
        }

        return performers;
    }

    /// <summary>Finds dependencies on agents that are not there, and circles.</summary>
    public static void Order(IReadOnlyDictionary<string, AgentAssignment> assignments, WorkflowOptions options, List<Diagnostic> problems)
    {
        foreach (var agentId in options.Dependencies.Keys.Where(agentId => !assignments.ContainsKey(agentId)))
            problems.Add(WorkflowProblems.WaitsOfNobody(agentId, [.. assignments.Keys]));
        var graph = new DirectedGraphBuilder(assignments.Count);
        foreach (var (agentId, assignment) in assignments)
        {
            var named = assignment.Dependencies.Distinct(StringComparer.Ordinal).ToList();
            foreach (var target in named.Where(target => !assignments.ContainsKey(target) && !options.ExternalAgents.Contains(target))) problems.Add(WorkflowProblems.MissingTarget(agentId, target, [.. assignments.Keys]));
            // Who waits for a signal of an agent that waits for it waits as long as who waits for its end.
            var waits = options.Dependencies.GetValueOrDefault(agentId) ?? [];
            foreach (var wait in waits.Where(wait => wait.Metadata is AgentCompletionMetadata))
            {
                if (!assignments.ContainsKey(wait.Target) && !options.ExternalAgents.Contains(wait.Target)) problems.Add(WorkflowProblems.MissingTarget(agentId, wait.Target, [.. assignments.Keys]));
                else if (!named.Contains(wait.Target)) named.Add(wait.Target);
            }

            graph.AddNode(agentId, named.Where(assignments.ContainsKey));
        }

        foreach (var cycle in graph.Build().Problems.OfType<DependencyCycle>()) problems.Add(WorkflowProblems.Cycle(cycle.ToString()));
    }

    private static bool IsName(string? name, int longest) => name is { Length: > 0 } && name.Length <= longest && name[0] != '@' && !name.Any(char.IsControl);
}
