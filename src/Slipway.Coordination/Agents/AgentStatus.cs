namespace Slipway.Coordination.Agents;

/// <summary>Whether an agent can be given work. Only an active one is matched.</summary>
public enum AgentStatus
{
    /// <summary>It takes work.</summary>
    Active,

    /// <summary>It gave no sign of life for its heartbeat interval, or said that it left. A heartbeat makes it active again.</summary>
    Inactive,

    /// <summary>Somebody took it out of service; only <see cref="AgentRegistry.SetStatus"/> brings it back.</summary>
    Maintenance,

    /// <summary>It is broken; only <see cref="AgentRegistry.SetStatus"/> brings it back.</summary>
    Error,
}
