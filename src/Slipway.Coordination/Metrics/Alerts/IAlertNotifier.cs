namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>A way to tell somebody of an alert. What it throws is logged and counted; other notifiers are called all the same.</summary>
public interface IAlertNotifier
{
    /// <summary>What the notifier is called in logs.</summary>
    string Name { get; }

    /// <summary>Tells of an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Cancelled after <see cref="AlertOptions.NotifyTimeout"/>.</param>
    ValueTask NotifyAsync(Alert alert, CancellationToken cancellationToken);
}
