using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Workflows;

/// <summary>What became of a workflow. All numbers are counted from the journal of its run; <see cref="WorkflowResultJson"/> writes it.</summary>
public sealed record WorkflowResult
{
    /// <summary>The workflow.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>The coordination, and the run.</summary>
    public required string CoordinationId { get; init; }

    /// <summary>How long the call took; for a workflow that is only looked up, how long its run took so far.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many agents got a context.</summary>
    public int ContextsDistributed { get; init; }

    /// <summary>How many dependencies came, of agents on each other and on all else.</summary>
    public int DependenciesResolved { get; init; }

    /// <summary>How many signals were published in the run. Refused ones do not count.</summary>
    public long SignalsSent { get; init; }

    /// <summary>How many decisions routing made.</summary>
    public int RoutingDecisions { get; init; }

    /// <summary>The newest context of each agent.</summary>
    public IReadOnlyDictionary<string, AgentContext> AgentContexts { get; init; } = new Dictionary<string, AgentContext>();

    /// <summary>How each dependency stands, sorted by agent and id.</summary>
    public IReadOnlyList<DependencyResult> DependencyDetails { get; init; } = [];

    /// <summary>What routing decided, sorted by agent and attempt.</summary>
    public IReadOnlyList<WorkflowRouting> RoutingDetails { get; init; } = [];

    /// <summary>Why the workflow was refused, failed, was paused or cancelled, in one sentence; null when it succeeded, wholly or but for what was optional or left out.</summary>
    public string? Error { get; init; }

    /// <summary>The run as it stands, or why there is none.</summary>
    public required RunResult Run { get; init; }

    /// <summary>True when every agent succeeded or had nothing to do.</summary>
    public bool IsSuccess => Run.IsSuccess;
}
