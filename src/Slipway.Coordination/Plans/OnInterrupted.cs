namespace Slipway.Coordination.Plans;

/// <summary>What to do with a step whose attempt was cut off by the end of the process.</summary>
public enum OnInterrupted
{
    /// <summary>Run it again: the step is idempotent.</summary>
    Retry,

    /// <summary>Ask the agent whether it happened, and run it again only when it did not. The agent must be an <see cref="Agents.IVerifyingAgent"/>.</summary>
    Verify,

    /// <summary>Fail the step: a person must look.</summary>
    Fail,
}
