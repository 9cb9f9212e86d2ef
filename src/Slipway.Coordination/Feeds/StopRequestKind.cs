namespace Slipway.Coordination.Feeds;

/// <summary>What somebody wants of a run that goes on elsewhere; a later one here is the graver.</summary>
public enum StopRequestKind
{
    /// <summary>It is to pause when what is under way has ended.</summary>
    Drain,

    /// <summary>It is to pause at once.</summary>
    Stop,

    /// <summary>It is to end for good.</summary>
    Cancel,
}
