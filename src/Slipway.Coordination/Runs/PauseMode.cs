namespace Slipway.Coordination.Runs;

/// <summary>How a run is paused.</summary>
public enum PauseMode
{
    /// <summary>What is under way goes on to its end; nothing new starts.</summary>
    Drain,

    /// <summary>Agents are asked to stop, and what was under way is journaled as interrupted.</summary>
    Stop,
}
