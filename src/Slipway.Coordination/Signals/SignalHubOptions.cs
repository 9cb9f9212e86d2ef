using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Signals.Stores;

namespace Slipway.Coordination.Signals;

/// <summary>How a hub keeps and delivers signals.</summary>
public sealed record SignalHubOptions
{
    /// <summary>How many signals of a coordination are kept for late subscribers and history, 1 to 10,000,000. Default: 10,000.</summary>
    public int MaxHistorySize { get; init; } = 10_000;

    /// <summary>How many bytes of UTF-8 the data and metadata of one signal may have together, 1 KiB to 1 GiB. Default: 1 MiB.</summary>
    public long MaxSignalBytes { get; init; } = 1 << 20;

    /// <summary>
    /// How long a signal is kept in history, and how long a coordination to which nothing is published and which nobody subscribes to is kept, 1 s to 10,000 days; null for ever.
    /// After that the coordination is as if it had been removed. What a consumer has yet to read is kept longer; a store keeps its signals until they are removed. Default: 24 h.
    /// </summary>
    public TimeSpan? TimeToLive { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The types of your own that may be published beside the library's; null for any well-formed one. Default: null.</summary>
    public IReadOnlyCollection<SignalType>? KnownTypes { get; init; }

    /// <summary>
    /// Where signals are kept for good and shared with other processes: each is durable there before anybody sees it. Null to keep them in
    /// memory only. Default: null.
    /// </summary>
    public ISignalStore? Store { get; init; }

    /// <summary>Where signals that are sent and delivered, and the time they take, are recorded; null for nowhere. Default: null.</summary>
    public MetricsCollector? Metrics { get; init; }

    /// <summary>The clock of timestamps, of the time signals take and of timeouts. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the hub tells of slow consumers. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal static void Validate(SignalHubOptions options)
    {
        var problem = options.MaxHistorySize is < 1 or > 10_000_000 ? "MaxHistorySize must be 1 to 10,000,000"
            : options.MaxSignalBytes is < 1 << 10 or > 1 << 30 ? "MaxSignalBytes must be 1 KiB to 1 GiB"
            : options.TimeToLive < TimeSpan.FromSeconds(1) || options.TimeToLive > TimeSpan.FromDays(10_000) ? "TimeToLive must be 1 s to 10,000 days"
            : options.KnownTypes?.Any(type => !type.IsWellFormed) == true ? "KnownTypes must be well-formed"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }
}
