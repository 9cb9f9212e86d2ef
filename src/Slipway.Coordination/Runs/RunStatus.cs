namespace Slipway.Coordination.Runs;

/// <summary>How a run stands, computed from the states of its steps.</summary>
public enum RunStatus
{
    /// <summary>Started and not ended. When no lease on it is valid, its process has died and it can be resumed.</summary>
    Running,

    /// <summary>Every step succeeded or was skipped by its own agent.</summary>
    Succeeded,

    /// <summary>Something did not succeed, but no step that the run cannot do without.</summary>
    PartiallySucceeded,

    /// <summary>A normal or critical step failed or timed out, or a critical one could not run.</summary>
    Failed,

    /// <summary>Somebody ended it for good; resuming it runs what was left.</summary>
    Cancelled,

    /// <summary>Stopped in order; resuming goes on.</summary>
    Paused,

    /// <summary>All it had done was undone.</summary>
    RolledBack,

    /// <summary>Undoing it failed somewhere.</summary>
    RollbackFailed,
}
