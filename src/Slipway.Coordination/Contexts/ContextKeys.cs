namespace Slipway.Coordination.Contexts;

/// <summary>Under which keys contexts are known to who keeps them in a state.</summary>
public static class ContextKeys
{
    /// <summary>The key of one agent's package: <c>agent_context_{id}_{agent}</c>.</summary>
    public static string OfAgent(string coordinationId, string agentId) => $"agent_context_{coordinationId}_{agentId}";

    /// <summary>The key of a coordination's list of agents: <c>coordination_contexts_{id}</c>.</summary>
    public static string OfCoordination(string coordinationId) => $"coordination_contexts_{coordinationId}";
}
