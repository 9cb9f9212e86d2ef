namespace Slipway.Coordination.Contexts;

/// <summary>Who is to get packages, and what is in them.</summary>
public sealed record ContextRequest
{
    /// <summary>The coordination, 1 to 100 characters without control characters.</summary>
    public required string CoordinationId { get; init; }

    /// <summary>The session, 1 to 100 characters without control characters.</summary>
    public required string SessionId { get; init; }

    /// <summary>The workflow that this one is a part of; null when it is none. Default: null.</summary>
    public string? ParentWorkflowId { get; init; }

    /// <summary>What each agent is to do, by its id of 1 to 100 characters. There may be none.</summary>
    public required IReadOnlyDictionary<string, AgentAssignment> Assignments { get; init; }

    /// <summary>What all agents know; null for nothing, or, where agents join a coordination, for what the others know. Default: null.</summary>
    public SharedIntelligence? Shared { get; init; }

    /// <summary>What single agents may use, by their id; the others get the distributor's default. Null for none. Default: null.</summary>
    public IReadOnlyDictionary<string, ResourceAllocation>? Resources { get; init; }

    /// <summary>When the packages were made, where they are made again; null for now.</summary>
    internal DateTimeOffset? CreatedAt { get; init; }

    /// <summary>How these agents talk; null for the distributor's default. Default: null.</summary>
    public CoordinationProtocols? Protocols { get; init; }
}
