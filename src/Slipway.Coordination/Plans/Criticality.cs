namespace Slipway.Coordination.Plans;

/// <summary>What a step's failure means for the run.</summary>
public enum Criticality
{
    /// <summary>The run fails; steps that do not depend on this one still run.</summary>
    Normal,

    /// <summary>The run fails, and nothing new is started.</summary>
    Critical,

    /// <summary>The run can still succeed in part.</summary>
    Optional,
}
