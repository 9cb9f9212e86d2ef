using System.Text.Json;

namespace Slipway.Coordination.Routing;

/// <summary>What one routing is about, beside the state.</summary>
public sealed record RoutingContext
{
    private const int LongestTask = 256;

    /// <summary>Which routing of its router this is, counted from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The id of this routing: <c>routing-</c> and <see cref="Number"/>.</summary>
    public string RoutingId => $"routing-{Number}";

    /// <summary>The task that was done or is at hand, 1 to 256 characters.</summary>
    public required string CurrentTask
    {
        get;
        init => field = value is { Length: >= 1 and <= LongestTask } ? value : throw new ArgumentException($"A task has 1 to {LongestTask} characters.", nameof(value));
    }

    /// <summary>The workflow that the task belongs to; null when it is not told. Default: null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>How long the task took so far, 0 or more. Default: 0.</summary>
    public TimeSpan ExecutionTime
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An execution time is not negative.");
    }

    /// <summary>How often the task was tried again already, 0 or more: what the caller said, or what the router counted. Default: 0.</summary>
    public int RetryCount
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A retry count is not negative.");
    }

    /// <summary>How often the task may be tried again in all. Default: 3.</summary>
    public int RetryBudget { get; init; } = RoutingOptions.UsualRetryBudget;

    /// <summary>True while a retry is still allowed.</summary>
    public bool HasRetriesLeft => RetryCount < RetryBudget;

    /// <summary>An object with whatever else the routers should know; undefined for nothing. Default: undefined.</summary>
    public JsonElement CustomData { get; init; }
}
