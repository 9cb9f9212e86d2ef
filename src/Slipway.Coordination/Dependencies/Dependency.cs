namespace Slipway.Coordination.Dependencies;

/// <summary>Something an agent waits for before it works.</summary>
public sealed record Dependency
{
    /// <summary>The id, 1 to 200 characters, unique among the dependencies of one agent.</summary>
    public required string Id { get; init; }

    /// <summary>The agent, resource or gate that is waited for, 1 to 100 characters.</summary>
    public required string Target { get; init; }

    /// <summary>What is demanded of the target; it says of what kind the dependency is. Default: that an agent completes with success.</summary>
    public DependencyMetadata Metadata { get; init; } = new AgentCompletionMetadata();

    /// <summary>How long the wait may take in all, retries included, more than 0 and at most 24 days. Default: 120 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// How often an attempt that failed in passing, such as a probe that threw, is made again, 0 to 100: after 1, 2, 4 s and so on. An agent
    /// that failed is no such attempt. Default: 3.
    /// </summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The kind.</summary>
    public DependencyKind Kind => Metadata.Kind;

    /// <summary>A wait for an agent's success; its id is <c>agent_complete</c> with the agent's name.</summary>
    public static Dependency OnAgent(string agentId) => new() { Id = $"{agentId}_complete", Target = agentId };

    /// <summary>A wait for a resource; its id is the resource's.</summary>
    public static Dependency OnResource(string resourceId, double availabilityThreshold = 1) =>
        new() { Id = resourceId, Target = resourceId, Metadata = new ResourceMetadata { AvailabilityThreshold = availabilityThreshold } };

    /// <summary>A wait for a quality gate; its id is the gate's.</summary>
    public static Dependency OnGate(string gateId, double? threshold = null) =>
        new() { Id = gateId, Target = gateId, Metadata = new QualityGateMetadata { Threshold = threshold } };
}
