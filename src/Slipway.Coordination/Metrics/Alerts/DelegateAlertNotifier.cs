namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>A notifier made of a function.</summary>
/// <param name="name">What it is called in logs.</param>
/// <param name="notify">Tells of an alert.</param>
public sealed class DelegateAlertNotifier(string name, Func<Alert, CancellationToken, ValueTask> notify) : IAlertNotifier
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ValueTask NotifyAsync(Alert alert, CancellationToken cancellationToken) => notify(alert, cancellationToken);
}
