namespace Slipway.Coordination.Routing;

/// <summary>What kind of router decided.</summary>
public enum RoutingStrategy
{
    /// <summary>Rules on values of the state.</summary>
    Conditional,

    /// <summary>Tasks that can go at once.</summary>
    Parallel,

    /// <summary>Errors, gaps and size of the state.</summary>
    StateAnalysis,

    /// <summary>The task's priority.</summary>
    Priority,
}
