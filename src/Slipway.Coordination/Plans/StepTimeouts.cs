namespace Slipway.Coordination.Plans;

/// <summary>How long a step may take.</summary>
public sealed record StepTimeouts
{
    /// <summary>No limits.</summary>
    public static StepTimeouts None { get; } = new();

    /// <summary>The longest one attempt may take, more than 0 and at most 24 days; null for no limit. Default: null.</summary>
    public TimeSpan? Attempt { get; init; }

    /// <summary>
    /// The longest the step may take with all its attempts and the waits between them, counted from its first start, more than 0 and at
    /// most 24 days; null for no limit. Default: null.
    /// </summary>
    public TimeSpan? Total { get; init; }

    /// <summary>The longest an attempt may stay silent before it counts as lost, more than 0 and at most 24 days; null when the agent sends no heartbeats. Default: null.</summary>
    public TimeSpan? Heartbeat { get; init; }
}
