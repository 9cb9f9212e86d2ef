using System.Globalization;

namespace Slipway.Coordination.Agents;

/// <summary>How well one agent fits a need, part by part. Each part is 0 to 1; source of parts and weights: 004.3 of the coordination contract.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Capability">Shared capabilities as a share of all that either has (Jaccard); 1 where nothing is needed.</param>
/// <param name="Idleness">1 − its load.</param>
/// <param name="Priority">Its priority / 100.</param>
/// <param name="SuccessRate">The share of its work that succeeded; 0.5 where it has done none.</param>
/// <param name="Fit">Whether it can be given the work.</param>
public sealed record AgentScore(RegisteredAgent Agent, double Capability, double Idleness, double Priority, double SuccessRate, AgentFit Fit)
{
    /// <summary>Capability × 0.4 + idleness × 0.2 + priority × 0.2 + success rate × 0.2.</summary>
    public double Confidence => (Capability * 0.4) + (Idleness * 0.2) + (Priority * 0.2) + (SuccessRate * 0.2);

    /// <summary>One line that says it.</summary>
    public override string ToString()
    {
        var parts = string.Create(
            CultureInfo.InvariantCulture,
            $"{Agent.Name}: {Confidence:0.###} = capability {Capability:0.###} x 0.4 + idleness {Idleness:0.###} x 0.2 + priority {Priority:0.###} x 0.2 + success {SuccessRate:0.###} x 0.2");
        return Fit switch
        {
            AgentFit.Fits => parts,
            AgentFit.AtCapacity => $"{parts}, at capacity",
            AgentFit.BelowFloor => $"{parts}, below the floor",
            AgentFit.NotActive => $"{Agent.Name}: not active",
            AgentFit.LacksRequired => $"{Agent.Name}: lacks a required capability",
            AgentFit.NothingInCommon => $"{Agent.Name}: has none of the capabilities",
            _ => throw new InvalidOperationException($"The fit {Fit} does not exist."),
        };
    }
}
