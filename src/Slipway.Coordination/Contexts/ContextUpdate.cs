using System.Text.Json;

namespace Slipway.Coordination.Contexts;

/// <summary>What agents are to know from now on.</summary>
public sealed record ContextUpdate
{
    /// <summary>The coordination.</summary>
    public required string CoordinationId { get; init; }

    /// <summary>Which part of the shared intelligence.</summary>
    public required SharedIntelligenceField Field { get; init; }

    /// <summary>What comes to the part, replacing what has the same names. A JSON null is a value.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Data { get; init; }

    /// <summary>The agents that are told; null for all, also those that join later. Default: null.</summary>
    public IReadOnlyCollection<string>? TargetAgents { get; init; }

    /// <summary>False to leave the version of the packages as it is. Default: true.</summary>
    public bool IncrementVersion { get; init; } = true;
}
