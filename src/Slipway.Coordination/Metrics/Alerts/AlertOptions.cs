using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>How an <see cref="AlertRuleEngine"/> tells of alerts.</summary>
public sealed record AlertOptions
{
    /// <summary>How long a rule that fired keeps quiet for the same tags, by the times of the metrics, 0 (never quiet) to 24 h. Default: 1 min.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one notifier may take for one alert, 100 ms to 10 min. Default: 10 s.</summary>
    public TimeSpan NotifyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of that timeout. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where failures of notifiers are told. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal static void Validate(AlertOptions options)
    {
        var problem = options.Cooldown < TimeSpan.Zero || options.Cooldown > TimeSpan.FromHours(24) ? "Cooldown must be 0 to 24 h"
            : options.NotifyTimeout < TimeSpan.FromMilliseconds(100) || options.NotifyTimeout > TimeSpan.FromMinutes(10) ? "NotifyTimeout must be 100 ms to 10 min"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }
}
