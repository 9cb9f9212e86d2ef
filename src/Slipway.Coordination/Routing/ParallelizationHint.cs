namespace Slipway.Coordination.Routing;

/// <summary>Tasks that can go at once.</summary>
public sealed record ParallelizationHint
{
    /// <summary>The tasks, at least one, each once.</summary>
    public required IReadOnlyList<string> TaskGroup { get; init; }

    /// <summary>What must be among the state's <c>completed_tasks</c> first. Default: nothing.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>How long the longest is expected to take, 0 or more; null when unknown. Default: null.</summary>
    public TimeSpan? EstimatedDuration { get; init; }

    internal static void Validate(ParallelizationHint hint)
    {
        ArgumentNullException.ThrowIfNull(hint);
        if (hint.TaskGroup.Count == 0) throw new ArgumentException("A group holds at least one task.", nameof(hint));
        if (hint.TaskGroup.Concat(hint.Dependencies).Any(string.IsNullOrEmpty)) throw new ArgumentException("A task of a hint has no name.", nameof(hint));
        if (hint.TaskGroup.Distinct(StringComparer.Ordinal).Count() < hint.TaskGroup.Count) throw new ArgumentException("A group names a task twice.", nameof(hint));
        if (hint.EstimatedDuration < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(hint), "A duration is not negative.");
    }
}
