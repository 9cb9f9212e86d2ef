namespace Slipway.Coordination.Contexts;

/// <summary>Whose package it is, and in what.</summary>
public sealed record CoordinationMetadata
{
    /// <summary>The session, 1 to 100 characters without control characters.</summary>
    public required string SessionId { get; init; }

    /// <summary>The coordination, 1 to 100 characters without control characters.</summary>
    public required string CoordinationId { get; init; }

    /// <summary>The agent, 1 to 100 characters without control characters.</summary>
    public required string AgentId { get; init; }

    /// <summary>The agent's role, 1 to 100 characters. Default: its id.</summary>
    public required string AgentRole { get; init; }

    /// <summary>The workflow that this one is a part of, 1 to 100 characters; null when it is none. Default: null.</summary>
    public string? ParentWorkflowId { get; init; }

    /// <summary>When the package was made: UTC, to the millisecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
