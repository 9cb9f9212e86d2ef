namespace Slipway.Coordination.Runs;

/// <summary>Why an attempt, or a whole run, was asked to stop before its end; of a run's causes a later one here is the graver.</summary>
internal enum StopCause : byte
{
    None,

    /// <summary>The attempt took too long.</summary>
    Timeout,

    /// <summary>The step took too long with all its attempts.</summary>
    StepTimeout,

    /// <summary>The agent gave no sign of life.</summary>
    MissedHeartbeat,

    /// <summary>The attempt lost a lock it held.</summary>
    LockLost,

    /// <summary>The run starts nothing new and pauses when what is under way has ended.</summary>
    Drain,

    /// <summary>This engine lets the run go at once, for any other to go on with.</summary>
    Release,

    /// <summary>The run pauses at once.</summary>
    Pause,

    /// <summary>The run's time is over.</summary>
    Deadline,

    /// <summary>The run ends for good.</summary>
    Cancel,

    /// <summary>The journal or a store of the run failed.</summary>
    JournalLost,
}
