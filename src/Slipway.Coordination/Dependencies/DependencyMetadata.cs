using System.Text.Json;
using Slipway.Coordination.Gates;

namespace Slipway.Coordination.Dependencies;

/// <summary>What a dependency of one kind demands.</summary>
public abstract record DependencyMetadata
{
    private protected DependencyMetadata()
    {
    }

    /// <summary>The kind.</summary>
    public abstract DependencyKind Kind { get; }
}

/// <summary>An agent must have ended.</summary>
public sealed record AgentCompletionMetadata : DependencyMetadata
{
    /// <summary>The <see cref="CompletionEvent"/> that stands for the signals of type <c>agent_completed</c>.</summary>
    public const string DefaultEvent = "completion";

    /// <inheritdoc/>
    public override DependencyKind Kind => DependencyKind.AgentCompletion;

    /// <summary>The type of the signal that tells of the completion; <c>completion</c> stands for <c>agent_completed</c>. Default: <c>completion</c>.</summary>
    public string CompletionEvent { get; init; } = DefaultEvent;

    /// <summary>
    /// True when the agent must have succeeded: its failure then fails the dependency at once. False when its end is enough, however it
    /// ended. A signal tells of a failure by an <c>error</c> in its data. Default: true.
    /// </summary>
    public bool RequireSuccess { get; init; } = true;
}

/// <summary>A resource must be available.</summary>
public sealed record ResourceMetadata : DependencyMetadata
{
    /// <inheritdoc/>
    public override DependencyKind Kind => DependencyKind.ResourceAvailability;

    /// <summary>What it is, for people and probes: <c>database</c>, <c>api</c>, <c>file</c>, <c>service</c> or a name of your own. Default: <c>service</c>.</summary>
    public string ResourceType { get; init; } = "service";

    /// <summary>How often a resource that can only be asked is asked, 1 ms to a day; of several waits the shortest counts. Default: 100 ms.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How available it must be, 0 to 1: enough when <c>availability &gt;= threshold</c>. Default: 1.</summary>
    public double AvailabilityThreshold { get; init; } = 1;
}

/// <summary>A quality gate must let through.</summary>
public sealed record QualityGateMetadata : DependencyMetadata
{
    /// <inheritdoc/>
    public override DependencyKind Kind => DependencyKind.QualityGate;

    /// <summary>The type that the gate gets when nobody has defined it. Default: <see cref="GateType.Score"/>.</summary>
    public GateType GateType { get; init; } = GateType.Score;

    /// <summary>The score that just passes, 0 or more; null for the gate's own threshold, by default 0.8. Default: null.</summary>
    public double? Threshold { get; init; }
}

/// <summary>A kind of the user's own.</summary>
/// <param name="OwnKind">The kind; an <see cref="IDependencySource"/> of the resolver must know it.</param>
/// <param name="Data">What the source is to know: a JSON object; undefined for nothing.</param>
public sealed record CustomMetadata(DependencyKind OwnKind, JsonElement Data = default) : DependencyMetadata
{
    /// <inheritdoc/>
    public override DependencyKind Kind => OwnKind;
}
