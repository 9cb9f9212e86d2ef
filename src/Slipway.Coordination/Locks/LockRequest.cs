namespace Slipway.Coordination.Locks;

/// <summary>Somebody wants to modify resources.</summary>
public sealed record LockRequest
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The step.</summary>
    public required string StepId { get; init; }

    /// <summary>Who runs it, for people: <c>host/pid</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>What is to be modified: one resource or more, each named once.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>How long the grant lasts unless renewed, more than 0.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Why, for people; null when not said.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The tokens of grants that do not stand in the way: those of the steps that this one runs below, because a sub-run may touch what
    /// its own step holds. Default: none.
    /// </summary>
    public IReadOnlyList<long> Within { get; init; } = [];
}
