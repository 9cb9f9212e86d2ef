namespace Slipway.Coordination.Contexts;

/// <summary>The package that an agent works from. It never changes; an update makes another with a higher version.</summary>
public sealed record AgentContext
{
    /// <summary>Whose package it is.</summary>
    public required CoordinationMetadata CoordinationMetadata { get; init; }

    /// <summary>What all agents know, together with what only this one was told. The same object for all agents that were told the same.</summary>
    public SharedIntelligence SharedIntelligence { get; init; } = SharedIntelligence.Empty;

    /// <summary>What the agent is to do.</summary>
    public required AgentAssignment AgentAssignment { get; init; }

    /// <summary>How it talks. Default: all defaults.</summary>
    public CoordinationProtocols CoordinationProtocols { get; init; } = CoordinationProtocols.Default;

    /// <summary>What it may use. Default: all defaults.</summary>
    public ResourceAllocation ResourceAllocation { get; init; } = ResourceAllocation.Default;

    /// <summary>Counts the updates, 1 or more. Default: 1.</summary>
    public long ContextVersion { get; init; } = 1;
}
