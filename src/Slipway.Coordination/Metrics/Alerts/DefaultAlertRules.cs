namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>
/// The rules of the original coordination library: slow routing, signals, contexts, dependencies, state and workflows, few successes,
/// few cache hits. Where it names a limit without a severity, missing a share is critical for workflows and worth knowing for caches.
/// </summary>
public static class DefaultAlertRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        Above("routing_critical", CoordinationMetricNames.RoutingDecisionTime, 100, AlertSeverity.Critical),
        Above("routing_warning", CoordinationMetricNames.RoutingDecisionTime, 50, AlertSeverity.Warning),
        Above("routing_info", CoordinationMetricNames.RoutingDecisionTime, 20, AlertSeverity.Info),
        Above("routing_decision_warning", CoordinationMetricNames.RoutingDecisionTime, 2, AlertSeverity.Warning),
        Above("state_lock_critical", CoordinationMetricNames.StateLockTime, 50, AlertSeverity.Critical),
        Above("coordination_critical", CoordinationMetricNames.CoordinationTime, 10_000, AlertSeverity.Critical),
        Above("coordination_warning", CoordinationMetricNames.CoordinationTime, 5_000, AlertSeverity.Warning),
        Above("signal_propagation_warning", CoordinationMetricNames.SignalPropagationTime, 50, AlertSeverity.Warning),
        Above("context_distribution_warning", CoordinationMetricNames.ContextDistributionTime, 100, AlertSeverity.Warning),
        Above("dependency_resolution_warning", CoordinationMetricNames.DependencyResolutionTime, 1_000, AlertSeverity.Warning),
        Below("workflow_success_critical", CoordinationMetricNames.WorkflowSuccessRate, 0.8, AlertSeverity.Critical),
        Below("cache_hit_info", CoordinationMetricNames.CacheHitRate, 0.6, AlertSeverity.Info),
    ];

    private static AlertRule Above(string id, string metric, double threshold, AlertSeverity severity) =>
        new() { RuleId = id, MetricName = metric, Threshold = threshold, Operator = AlertOperator.GreaterThan, Severity = severity };

    private static AlertRule Below(string id, string metric, double threshold, AlertSeverity severity) =>
        new() { RuleId = id, MetricName = metric, Threshold = threshold, Operator = AlertOperator.LessThan, Severity = severity };
}
