using System.Text.Json;

namespace Slipway.Coordination.Contexts;

/// <summary>What one agent is to do. It must not be changed once it was given away.</summary>
public sealed record AgentAssignment
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>The agent's role, 1 to 100 characters; null for its id. It goes into the package's metadata. Default: null.</summary>
    public string? AgentRole { get; init; }

    /// <summary>What is to be reached. Default: empty.</summary>
    public string Objective { get; init; } = "";

    /// <summary>The single tasks. Default: none.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>What the agent works on. Default: nothing.</summary>
    public IReadOnlyDictionary<string, JsonElement> InputData { get; init; } = Nothing;

    /// <summary>The agents whose completion comes first, each 1 to 100 characters. Default: none.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>What the result must look like. Default: anything.</summary>
    public IReadOnlyDictionary<string, JsonElement> OutputRequirements { get; init; } = Nothing;

    /// <summary>When the result is good enough. Default: always.</summary>
    public IReadOnlyDictionary<string, JsonElement> SuccessCriteria { get; init; } = Nothing;
}
