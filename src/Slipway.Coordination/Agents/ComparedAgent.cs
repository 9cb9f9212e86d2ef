namespace Slipway.Coordination.Agents;

/// <summary>What can be said of an agent for a need by its capabilities alone.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Capability">Shared capabilities as a share of all that either has.</param>
/// <param name="Fit">Fits, lacks what is required, or has nothing in common.</param>
internal readonly record struct ComparedAgent(RegisteredAgent Agent, double Capability, AgentFit Fit);
