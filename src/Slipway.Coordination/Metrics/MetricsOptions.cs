using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Slipway.Coordination.Metrics;

/// <summary>How a <see cref="MetricsCollector"/> keeps and passes on what it records.</summary>
public sealed record MetricsOptions
{
    /// <summary>How many metrics wait at most, 1 to 10,000,000; beyond it the oldest is dropped. A sink that falls behind may have as many waiting of its own. Default: 10,000.</summary>
    public int BufferSize { get; init; } = 10_000;

    /// <summary>How many metrics a sink gets at once, 1 to <see cref="BufferSize"/>; so many waiting begin a flush. Default: 100.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How long a metric waits at most for its batch to fill, 10 ms to 1 h. Default: 1 s.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Begins every metric id, 1 to 100 characters; several processes that write to one store each need another. Default: <c>slipway</c>.</summary>
    public string Source { get; init; } = "slipway";

    /// <summary>How many different names may be registered, 1 to 100,000: each keeps 8 KiB for its summary. Default: 1,000.</summary>
    public int MaxNames { get; init; } = 1_000;

    /// <summary>How often a batch that a sink failed to write is tried again, 0 to 10. Default: 3.</summary>
    public int SinkRetries { get; init; } = 3;

    /// <summary>The wait before the first such retry, 0 to 1 min; it doubles with each. Stopping waits no more. Default: 1 s.</summary>
    public TimeSpan SinkRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one write of a sink may take before it is cancelled, 100 ms to 10 min. Default: 10 s.</summary>
    public TimeSpan SinkTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long stopping waits for sinks and notifiers, 0 to 10 min. Default: 30 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of timestamps, intervals and waits. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where drops and failures of sinks and notifiers are told. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Who makes the meter, as a host's dependency injection provides one; null to make it directly. Default: null.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    internal static void Validate(MetricsOptions options)
    {
        var problem = options.BufferSize is < 1 or > 10_000_000 ? "BufferSize must be 1 to 10,000,000"
            : options.BatchSize < 1 || options.BatchSize > options.BufferSize ? "BatchSize must be 1 to BufferSize"
            : IsOutside(options.FlushInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)) ? "FlushInterval must be 10 ms to 1 h"
            : options.Source is not { Length: >= 1 and <= 100 } ? "Source must have 1 to 100 characters"
            : options.MaxNames is < 1 or > 100_000 ? "MaxNames must be 1 to 100,000"
            : options.SinkRetries is < 0 or > 10 ? "SinkRetries must be 0 to 10"
            : IsOutside(options.SinkRetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)) ? "SinkRetryDelay must be 0 to 1 min"
            : IsOutside(options.SinkTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)) ? "SinkTimeout must be 100 ms to 10 min"
            : IsOutside(options.StopTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10)) ? "StopTimeout must be 0 to 10 min"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }

    private static bool IsOutside(TimeSpan value, TimeSpan least, TimeSpan most) => value < least || value > most;
}
