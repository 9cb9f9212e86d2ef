namespace Slipway.Coordination.Agents;

/// <summary>What a piece of work needs of who does it.</summary>
public sealed record AgentNeed
{
    /// <summary>The capabilities without which it cannot be done. Default: none.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The capabilities that help. Default: none.</summary>
    public IReadOnlyList<string> Prefers { get; init; } = [];

    /// <summary>True when nothing is needed: everybody fits.</summary>
    public bool IsEmpty => Requires.Count == 0 && Prefers.Count == 0;
}
