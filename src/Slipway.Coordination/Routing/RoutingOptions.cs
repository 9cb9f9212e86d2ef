using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Routing;

/// <summary>How a router routes.</summary>
public sealed record RoutingOptions
{
    internal const int UsualRetryBudget = 3;

    /// <summary>How many routings are kept, 1 to 1,000,000; the oldest give way. Default: 1,000.</summary>
    public int MaxHistorySize { get; init; } = 1000;

    /// <summary>How often one task may be tried again, 0 to 1,000: the default <c>max_retry_attempts</c> of a context's resources. Default: 3.</summary>
    public int RetryBudget { get; init; } = UsualRetryBudget;

    /// <summary>For how many tasks at once retries are counted where the caller does not count, 1 to 1,000,000; the one longest without a retry gives way. Default: 10,000.</summary>
    public int MaxTrackedTasks { get; init; } = 10_000;

    /// <summary>Where decisions and the time they take are recorded; null for nowhere. Default: null.</summary>
    public MetricsCollector? Metrics { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where routers that fail are told of. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal static void Validate(RoutingOptions options)
    {
        var problem = options.MaxHistorySize is < 1 or > 1_000_000 ? "MaxHistorySize must be 1 to 1,000,000"
            : options.RetryBudget is < 0 or > 1000 ? "RetryBudget must be 0 to 1,000"
            : options.MaxTrackedTasks is < 1 or > 1_000_000 ? "MaxTrackedTasks must be 1 to 1,000,000"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }
}
