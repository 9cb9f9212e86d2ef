using Slipway.Coordination.Gates;

namespace Slipway.Coordination.Dependencies;

/// <summary>What the agents of a coordination may wait for.</summary>
public sealed record DependencyTargets
{
    /// <summary>The agents that take part. Default: none.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>The resources that will be marked. One with a probe need not be named. Default: none.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The gates that will be scored. Default: none.</summary>
    public IReadOnlyList<QualityGate> Gates { get; init; } = [];
}
