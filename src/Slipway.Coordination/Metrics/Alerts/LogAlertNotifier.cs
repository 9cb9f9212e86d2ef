using Microsoft.Extensions.Logging;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>Writes alerts to a log: critical ones as errors, warnings as warnings, the rest as information.</summary>
/// <param name="logger">The log.</param>
public sealed class LogAlertNotifier(ILogger logger) : IAlertNotifier
{
    /// <inheritdoc/>
    public string Name => "log";

    /// <inheritdoc/>
    public ValueTask NotifyAsync(Alert alert, CancellationToken cancellationToken)
    {
        var level = alert.Severity switch
        {
            AlertSeverity.Critical => LogLevel.Error,
            AlertSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        logger.Log(level, "Alert {Alert}: {Message}", alert.AlertId, alert.Message);
        return ValueTask.CompletedTask;
    }
}
