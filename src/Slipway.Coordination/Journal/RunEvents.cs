using System.Text.Json;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Journal;

/// <summary>The first event of every run: it holds all that a resume needs.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Plan">The whole plan.</param>
public sealed record RunStarted(string RunId, Plan Plan) : RunEvent
{
    /// <summary>The run's share of the engine's slots among other runs, 0 to 100. Default: 50.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>When what is open times out; null for never.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>The step that this run goes on below; null for a run of its own.</summary>
    public ParentStep? Parent { get; init; }

    /// <inheritdoc/>
    public override string Type => "run_started";
}

/// <summary>Another engine goes on with the run. When the run had ended without success, all that did not succeed is open again.</summary>
/// <param name="Owner">Who goes on, for people.</param>
public sealed record RunResumed(string Owner) : RunEvent
{
    /// <summary>When what is open times out from now on; null when that stays as it was.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <inheritdoc/>
    public override string Type => "run_resumed";
}

/// <summary>The run was stopped in order and can be resumed.</summary>
/// <param name="Reason">Why, for people.</param>
public sealed record RunPaused(string Reason) : RunEvent
{
    /// <summary>True when nobody wants the run to rest: any engine may go on with it. False when it waits for somebody to resume it.</summary>
    public bool IsReleased { get; init; }

    /// <inheritdoc/>
    public override string Type => "run_paused";
}

/// <summary>Nothing is left to do.</summary>
/// <param name="Status">How it ended.</param>
public sealed record RunFinished(RunStatus Status) : RunEvent
{
    /// <inheritdoc/>
    public override string Type => "run_finished";
}

/// <summary>An event of one step.</summary>
public abstract record StepEvent : RunEvent
{
    private protected StepEvent(string stepId) => StepId = stepId;

    /// <summary>The step.</summary>
    public string StepId { get; }
}

/// <summary>All before the step is done, and it waits for a slot or a resource. A step that starts at once has no such event.</summary>
/// <param name="StepId">The step.</param>
public sealed record StepReady(string StepId) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_ready";
}

/// <summary>An attempt begins. It is durable before the agent acts.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">Which attempt, counted from 1 over the whole life of the run.</param>
/// <param name="IsVerification">True when the agent first looks whether an interrupted attempt had its effect.</param>
public sealed record StepStarted(string StepId, int Attempt, bool IsVerification = false) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_started";
}

/// <summary>A sign of life with something to tell. It never costs an append of its own: only the newest travels, with the next other event or lease renewal.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Message">What the agent is at, or null.</param>
/// <param name="Fraction">How much is done, 0 to 1, or null when unknown.</param>
public sealed record StepHeartbeat(string StepId, int Attempt, string? Message, double? Fraction) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_heartbeat";
}

/// <summary>The step is done. It is durable before any dependent starts.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt that did it.</param>
/// <param name="Output">What it gives to its dependents; an undefined element means nothing.</param>
/// <param name="IsDegraded">True when the output is a lesser one that a rule of recovery gave, because every attempt failed.</param>
public sealed record StepSucceeded(string StepId, int Attempt, JsonElement Output, bool IsDegraded = false) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_succeeded";
}

/// <summary>The step has failed for good. A failure of kind timeout makes it <c>timed_out</c>.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The last attempt.</param>
/// <param name="Failure">Why.</param>
public sealed record StepFailed(string StepId, int Attempt, Failure Failure) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_failed";
}

/// <summary>An attempt failed and there will be another.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt that failed.</param>
/// <param name="Failure">Why.</param>
/// <param name="Delay">How long after this event the next attempt may start.</param>
public sealed record StepRetrying(string StepId, int Attempt, Failure Failure, TimeSpan Delay) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_retrying";
}

/// <summary>An attempt was cut off and its effect is not known. Resume decides as the step's <c>on_interrupted</c> says.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">What cut it off, for people.</param>
public sealed record StepInterrupted(string StepId, int Attempt, string Reason) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_interrupted";
}

/// <summary>The attempt ended in order without an end to the step: another follows when the run is resumed.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">What the step waits for, for people.</param>
public sealed record StepSuspended(string StepId, int Attempt, string Reason) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_suspended";
}

/// <summary>The agent found nothing to do.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record StepSkipped(string StepId, int Attempt, string Reason) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_skipped";
}

/// <summary>The step cannot run.</summary>
/// <param name="StepId">The step.</param>
/// <param name="By">The step that failed, timed out, was skipped or cancelled: the root cause, which may be several edges away.</param>
public sealed record StepBlocked(string StepId, string By) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_blocked";
}

/// <summary>The step was ended before its time.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="By">The critical step whose failure did it; null when a person did.</param>
public sealed record StepCancelled(string StepId, string Reason, string? By) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_cancelled";
}

/// <summary>A step holds the resources it modifies.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Resources">All it modifies, sorted.</param>
/// <param name="FencingToken">The token of the grant, which grows with every grant of the lock store.</param>
public sealed record LockAcquired(string StepId, IReadOnlyList<string> Resources, long FencingToken) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "lock_acquired";
}

/// <summary>A step waits for a resource that a step of another run holds.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Resource">What it waits for.</param>
/// <param name="HolderRun">The run that holds it.</param>
/// <param name="HolderStep">The step that holds it.</param>
public sealed record LockWaiting(string StepId, string Resource, string HolderRun, string HolderStep) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "lock_waiting";
}

/// <summary>A step no longer holds the resources it modifies.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Resources">All it modifies, sorted.</param>
public sealed record LockReleased(string StepId, IReadOnlyList<string> Resources) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "lock_released";
}
