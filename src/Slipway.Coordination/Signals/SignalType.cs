using System.Buffers;

namespace Slipway.Coordination.Signals;

/// <summary>
/// What a signal tells. Six types belong to the library; any other well-formed name is a type of your own.
/// </summary>
/// <param name="Name">1 to 100 characters of <c>a-z 0-9 _ . -</c>; checked when a signal of this type is published.</param>
public readonly record struct SignalType(string Name)
{
    private const int LongestName = 100;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>An agent is ready to work: <c>agent_initialized</c>.</summary>
    public static SignalType AgentInitialized { get; } = new("agent_initialized");

    /// <summary>An agent has ended, well or not: <c>agent_completed</c>.</summary>
    public static SignalType AgentCompleted { get; } = new("agent_completed");

    /// <summary>What somebody waited for is there: <c>dependency_resolved</c>.</summary>
    public static SignalType DependencyResolved { get; } = new("dependency_resolved");

    /// <summary>One agent speaks to others: <c>inter_agent_message</c>.</summary>
    public static SignalType InterAgentMessage { get; } = new("inter_agent_message");

    /// <summary>A stage of a staged execution has ended: <c>stage_completed</c>.</summary>
    public static SignalType StageCompleted { get; } = new("stage_completed");

    /// <summary>An attempt to recover from an error has ended: <c>error_recovery_completed</c>.</summary>
    public static SignalType ErrorRecoveryCompleted { get; } = new("error_recovery_completed");

    /// <summary>The six types of the library, in the order of the documentation.</summary>
    public static IReadOnlyList<SignalType> WellKnown { get; } =
        [AgentInitialized, AgentCompleted, DependencyResolved, InterAgentMessage, StageCompleted, ErrorRecoveryCompleted];

    /// <summary>True when the name can be a type's.</summary>
    public bool IsWellFormed => Name is { Length: > 0 and <= LongestName } && !Name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "";
}
