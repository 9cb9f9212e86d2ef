namespace Slipway.Coordination.Runs;

/// <summary>What a run does when all that is left waits for people's decisions.</summary>
public enum ApprovalWait
{
    /// <summary>It waits, and goes on as soon as somebody has decided.</summary>
    Wait,

    /// <summary>It pauses, so that its process may end; resuming goes on with what was decided meanwhile.</summary>
    Pause,
}
