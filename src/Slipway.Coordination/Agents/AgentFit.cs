namespace Slipway.Coordination.Agents;

/// <summary>Whether an agent can be given a piece of work. The first that holds of these is told.</summary>
public enum AgentFit
{
    /// <summary>It can.</summary>
    Fits,

    /// <summary>It can once it has a place free.</summary>
    AtCapacity,

    /// <summary>Its confidence is below the least that is accepted.</summary>
    BelowFloor,

    /// <summary>It is inactive, in maintenance or broken.</summary>
    NotActive,

    /// <summary>It lacks a capability that is required.</summary>
    LacksRequired,

    /// <summary>It has none of the capabilities that are asked for.</summary>
    NothingInCommon,
}
