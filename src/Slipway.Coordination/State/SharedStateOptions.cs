using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.State;

/// <summary>How a state is kept.</summary>
public sealed record SharedStateOptions
{
    /// <summary>
    /// How many changes the history keeps, 0 to 10,000,000; versions are dropped whole, the oldest first. What is kept can be brought back
    /// by a rollback. Default: 1,000.
    /// </summary>
    public int MaxHistorySize { get; init; } = 1000;

    /// <summary>Where the time of reads and writes, and of waiting for the state, is recorded; null for nowhere. Default: null.</summary>
    public MetricsCollector? Metrics { get; init; }

    /// <summary>The clock of the changes. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where a stored state tells of errors that do no harm. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal static void Validate(SharedStateOptions options)
    {
        if (options.MaxHistorySize is < 0 or > 10_000_000)
            throw new ArgumentOutOfRangeException(nameof(options), "MaxHistorySize must be 0 to 10,000,000");
    }
}
