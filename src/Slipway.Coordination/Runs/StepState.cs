namespace Slipway.Coordination.Runs;

/// <summary>How a step of a run stands.</summary>
public enum StepState
{
    /// <summary>Waits for steps before it.</summary>
    Pending,

    /// <summary>Waits for a slot, a resource or the time of its next attempt.</summary>
    Ready,

    /// <summary>An attempt is under way.</summary>
    Running,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Failed for good.</summary>
    Failed,

    /// <summary>Its agent found nothing to do. Never the same as succeeded.</summary>
    Skipped,

    /// <summary>Cannot run because a step before it did not succeed.</summary>
    Blocked,

    /// <summary>Ended before its time, by a person or by the failure of a critical step.</summary>
    Cancelled,

    /// <summary>Took too long, and its retries are used up.</summary>
    TimedOut,

    /// <summary>Done and undone.</summary>
    Compensated,
}
