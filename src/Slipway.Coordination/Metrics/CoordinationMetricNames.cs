namespace Slipway.Coordination.Metrics;

/// <summary>
/// The names under which this library records, and the name of its meter for listeners, <c>dotnet-counters</c> and OpenTelemetry.
/// Names that end in <c>_ms</c> are milliseconds, those that end in <c>_rate</c> shares from 0 to 1, all others numbers of things.
/// </summary>
public static class CoordinationMetricNames
{
    /// <summary>The meter that carries all of them.</summary>
    public const string Meter = "Slipway.Coordination";

    /// <summary>Runs that began or went on; tag <c>resumed</c>.</summary>
    public const string RunsStarted = "runs_started";

    /// <summary>Runs that ended; tag <c>status</c>.</summary>
    public const string RunsFinished = "runs_finished";

    /// <summary>From the start of a run, or its resumption, to its end; tag <c>status</c>.</summary>
    public const string RunTime = "run_time_ms";

    /// <summary>Attempts at steps that began.</summary>
    public const string StepsStarted = "steps_started";

    /// <summary>Steps that succeeded.</summary>
    public const string StepsSucceeded = "steps_succeeded";

    /// <summary>Steps that failed for good; tag <c>kind</c>.</summary>
    public const string StepsFailed = "steps_failed";

    /// <summary>Attempts that failed and are tried again; tag <c>kind</c>.</summary>
    public const string StepsRetried = "steps_retried";

    /// <summary>Steps that were skipped, blocked or cancelled; tag <c>state</c>.</summary>
    public const string StepsNotDone = "steps_not_done";

    /// <summary>Attempts that were cut off.</summary>
    public const string StepsInterrupted = "steps_interrupted";

    /// <summary>Attempts that failed and that a recovery rule answered; tag <c>strategy</c>.</summary>
    public const string StepsRecovering = "steps_recovering";

    /// <summary>Attempts that ended in order to go on later, such as after a person's decision.</summary>
    public const string StepsSuspended = "steps_suspended";

    /// <summary>Times that a step had to wait for a resource that another run holds.</summary>
    public const string LockWaits = "lock_waits";

    /// <summary>Questions that steps put to people.</summary>
    public const string ApprovalsRequested = "approvals_requested";

    /// <summary>Questions that are no longer open; tag <c>status</c>.</summary>
    public const string ApprovalsDecided = "approvals_decided";

    /// <summary>Steps whose effect was undone, or could not be; tag <c>outcome</c>.</summary>
    public const string Compensations = "compensations";

    /// <summary>From the start of an attempt to its end; tag <c>outcome</c>.</summary>
    public const string StepTime = "step_time_ms";

    /// <summary>Signals that were published.</summary>
    public const string SignalsSent = "signals_sent";

    /// <summary>Signals that were delivered to a subscriber.</summary>
    public const string SignalsReceived = "signals_received";

    /// <summary>From the publishing of a signal to its delivery.</summary>
    public const string SignalPropagationTime = "signal_propagation_time_ms";

    /// <summary>Routing decisions; tag <c>decision</c>.</summary>
    public const string RoutingDecisions = "routing_decisions";

    /// <summary>How long a routing decision took.</summary>
    public const string RoutingDecisionTime = "routing_decision_time_ms";

    /// <summary>How long it took to make an agent's context.</summary>
    public const string ContextDistributionTime = "context_distribution_time_ms";

    /// <summary>From the begin of waiting for a dependency to its end; tag <c>status</c>.</summary>
    public const string DependencyResolutionTime = "dependency_resolution_time_ms";

    /// <summary>How long a writer waited for the shared state.</summary>
    public const string StateLockTime = "state_lock_time_ms";

    /// <summary>How long a read of the shared state took, of every 64th read.</summary>
    public const string StateGetTime = "state_get_time_ms";

    /// <summary>How long a write of the shared state took, waiting included.</summary>
    public const string StateSetTime = "state_set_time_ms";

    /// <summary>How long a whole coordinated workflow took.</summary>
    public const string CoordinationTime = "coordination_time_ms";

    /// <summary>The share of workflows that succeeded.</summary>
    public const string WorkflowSuccessRate = "workflow_success_rate";

    /// <summary>The share of look-ups that a cache answered.</summary>
    public const string CacheHitRate = "cache_hit_rate";
}
