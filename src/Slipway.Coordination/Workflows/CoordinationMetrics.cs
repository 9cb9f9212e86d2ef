using Slipway.Coordination.Metrics;
using Slipway.Coordination.Routing;

namespace Slipway.Coordination.Workflows;

/// <summary>What a coordinator has done since it was made.</summary>
public sealed record CoordinationMetrics
{
    /// <summary>Calls that ran a workflow, or went on with one, and have ended.</summary>
    public required long WorkflowsEnded { get; init; }

    /// <summary>Those of them that succeeded.</summary>
    public required long WorkflowsSucceeded { get; init; }

    /// <summary>Calls that go on.</summary>
    public required int WorkflowsRunning { get; init; }

    /// <summary>Workflows that were refused before anything ran.</summary>
    public required long WorkflowsRefused { get; init; }

    /// <summary>The share of the ended ones that succeeded; 1 while none has ended.</summary>
    public double SuccessRate => WorkflowsEnded == 0 ? 1 : (double)WorkflowsSucceeded / WorkflowsEnded;

    /// <summary>How long an ended call took on average.</summary>
    public required TimeSpan AverageDuration { get; init; }

    /// <summary>What the router has done.</summary>
    public required RoutingStats Routing { get; init; }

    /// <summary>All that was recorded; null where the coordinator has no collector.</summary>
    public required MetricsSnapshot? Metrics { get; init; }
}
