using Slipway.Coordination.Signals;

namespace Slipway.Coordination.Dependencies;

/// <summary>What a dependency waits for. Three kinds belong to the library; any other well-formed name is a kind of your own.</summary>
/// <param name="Name">1 to 100 characters of <c>a-z 0-9 _ . -</c>.</param>
public readonly record struct DependencyKind(string Name)
{
    /// <summary>An agent has ended its work: <c>agent_completion</c>.</summary>
    public static DependencyKind AgentCompletion { get; } = new("agent_completion");

    /// <summary>A resource can be used: <c>resource_availability</c>.</summary>
    public static DependencyKind ResourceAvailability { get; } = new("resource_availability");

    /// <summary>A quality gate lets through: <c>quality_gate</c>.</summary>
    public static DependencyKind QualityGate { get; } = new("quality_gate");

    /// <summary>True when the name can be a kind's.</summary>
    public bool IsWellFormed => new SignalType(Name).IsWellFormed;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
