namespace Slipway.Coordination.Runs;

/// <summary>Why an attempt, or a whole run, was asked to stop before its end.</summary>
internal enum StopCause : byte
{
    None,
    Timeout,
    MissedHeartbeat,
    Pause,
    Cancel,
    JournalLost,
}
