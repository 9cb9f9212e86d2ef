using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Workflows;

/// <summary>How one workflow is coordinated.</summary>
public sealed record WorkflowOptions
{
    /// <summary>All defaults.</summary>
    public static WorkflowOptions Default { get; } = new();

    /// <summary>True to tell by signals that the workflow and its agents begin and end, and that dependencies came. Default: true.</summary>
    public bool EnableSignals { get; init; } = true;

    /// <summary>True to ask the router whenever an agent has ended. Default: true.</summary>
    public bool EnableRouting { get; init; } = true;

    /// <summary>True to let agents wait for what they depend on; false to let all begin at once. Default: true.</summary>
    public bool EnableDependencyResolution { get; init; } = true;

    /// <summary>
    /// What agents wait for beside the agents that their assignments name, by agent: resources, quality gates, signals of agents, kinds of the
    /// resolver's own. Default: nothing.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Dependency>> Dependencies { get; init; } = new Dictionary<string, IReadOnlyList<Dependency>>();

    /// <summary>The gates that agents may wait for. Default: none.</summary>
    public IReadOnlyList<QualityGate> QualityGates { get; init; } = [];

    /// <summary>The resources that will be marked and that agents may wait for; one with a probe need not be named. Default: none.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Agents outside the workflow that tell by <see cref="WorkflowCoordinator.SignalAgentCompletionAsync"/> that they have ended, and may be waited for. Default: none.</summary>
    public IReadOnlyList<string> ExternalAgents { get; init; } = [];

    /// <summary>What single agents may use, by their id: it limits the time of an attempt and how often it is tried again. Default: the distributor's default for all.</summary>
    public IReadOnlyDictionary<string, ResourceAllocation> ResourceAllocations { get; init; } = new Dictionary<string, ResourceAllocation>();

    /// <summary>How the agents talk; null for the distributor's default. Default: null.</summary>
    public CoordinationProtocols? Protocols { get; init; }

    /// <summary>The workflow that this one is a part of; null when it is none. Default: null.</summary>
    public string? ParentWorkflowId { get; init; }

    /// <summary>The coordination's id, 1 to 100 characters, which is the run's id too; null for <c>{workflow}-{8 hexadecimal digits}</c>. Default: null.</summary>
    public string? CoordinationId { get; init; }

    /// <summary>The session's id, 1 to 100 characters; null for <c>session-{8 hexadecimal digits}</c>. Default: null.</summary>
    public string? SessionId { get; init; }

    /// <summary>The run's share of scarce slots, 0 to 100. Default: 50.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>How long the workflow may take in all, 1 ms to 10 years; null for no limit. Default: null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Adds to an agent's step what the workflow does not say: locks, approval, recovery, compensation, criticality. Id and input stay. Default: null, nothing.</summary>
    public Func<Step, Step>? ConfigureStep { get; init; }
}
