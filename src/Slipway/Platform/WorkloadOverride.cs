namespace Slipway.Platform;

/// <summary>What one workload has otherwise in an environment; null keeps the base.</summary>
public sealed record WorkloadOverride
{
    /// <summary>The number of pods.</summary>
    public Value<int>? Replicas { get; init; }

    /// <summary>CPU and memory.</summary>
    public ResourceNeeds? Resources { get; init; }

    /// <summary>The image's tag.</summary>
    public Value<string>? Tag { get; init; }
}
