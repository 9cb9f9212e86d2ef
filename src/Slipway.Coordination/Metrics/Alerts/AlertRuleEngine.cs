using Microsoft.Extensions.Logging;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>
/// Holds rules against metrics and tells notifiers. A <see cref="MetricsCollector"/> that has one asks it for every metric that leaves
/// its buffer and notifies apart from recording and sinks. Safe for any number of threads.
/// </summary>
public sealed class AlertRuleEngine
{
    private readonly Dictionary<string, Watch[]> _watches;
    private readonly IAlertNotifier[] _notifiers;
    private readonly AlertOptions _options;
    private long _triggered;
    private long _suppressed;
    private long _failedNotifications;

    /// <summary>An engine.</summary>
    /// <param name="rules">When to alert; null for <see cref="DefaultAlertRules.All"/>.</param>
    /// <param name="notifiers">Whom to tell.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">A rule is not usable, as <see cref="AlertRuleValidator"/> says.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public AlertRuleEngine(IReadOnlyList<AlertRule>? rules, IReadOnlyList<IAlertNotifier> notifiers, AlertOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(notifiers);
        rules ??= DefaultAlertRules.All;
        if (AlertRuleValidator.Check(rules) is { Count: > 0 } problems) throw new ArgumentException(string.Join("; ", problems), nameof(rules));
        _options = options ?? new AlertOptions();
        AlertOptions.Validate(_options);
        _notifiers = [.. notifiers];
        _watches = rules.GroupBy(rule => rule.MetricName, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => group.OrderBy(rule => rule.Severity).Select(rule => new Watch(rule)).ToArray(),
            StringComparer.Ordinal);
    }

    /// <summary>How many alerts were triggered.</summary>
    public long Triggered => Interlocked.Read(ref _triggered);

    /// <summary>How many were held back by <see cref="AlertOptions.Cooldown"/>.</summary>
    public long Suppressed => Interlocked.Read(ref _suppressed);

    /// <summary>How often a notifier failed or took too long.</summary>
    public long FailedNotifications => Interlocked.Read(ref _failedNotifications);

    /// <summary>Which alerts a metric triggers, the most severe first: one for each rule that it meets and that is not quiet for its tags.</summary>
    /// <param name="metric">The metric.</param>
    public IReadOnlyList<Alert> Evaluate(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (!_watches.TryGetValue(metric.Name, out var watches)) return [];
        List<Alert>? alerts = null;
        foreach (var watch in watches)
        {
            if (!watch.Rule.IsMet(metric.Value)) continue;
            if (watch.Quiet.TryFire(metric, _options.Cooldown, out var heldBack))
            {
                Interlocked.Increment(ref _triggered);
                (alerts ??= []).Add(Make(watch, metric, heldBack));
            }
            else
            {
                Interlocked.Increment(ref _suppressed);
            }
        }

        return alerts ?? (IReadOnlyList<Alert>)[];
    }

    /// <summary>Tells all notifiers at once and waits for them; failures are logged and counted.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task NotifyAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        await Task.WhenAll(_notifiers.Select(notifier => NotifyAsync(notifier, alert, cancellationToken)));
    }

    private static Alert Make(Watch watch, Metric metric, long heldBack) => new()
    {
        AlertId = $"{watch.Rule.RuleId}:{metric.MetricId}",
        RuleId = watch.Rule.RuleId,
        Severity = watch.Rule.Severity,
        MetricName = metric.Name,
        Threshold = watch.Rule.Threshold,
        ActualValue = metric.Value,
        Message = watch.Message.Render(watch.Rule, metric),
        Timestamp = metric.Timestamp,
        Tags = metric.Tags,
        CorrelationId = metric.CorrelationId,
        Suppressed = heldBack,
    };

    private async Task NotifyAsync(IAlertNotifier notifier, Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = new CancellationTokenSource(_options.NotifyTimeout, _options.Time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            // A notifier that does not look at its token must not hold up the others' next alert.
            await notifier.NotifyAsync(alert, linked.Token).AsTask().WaitAsync(linked.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _failedNotifications);
            _options.Logger.LogError(exception, "The notifier {Notifier} did not tell of alert {Alert}", notifier.Name, alert.AlertId);
        }
    }

    private sealed record Watch(AlertRule Rule)
    {
        public AlertMessage Message { get; } = AlertMessage.Parse(Rule.MessageTemplate);

        public QuietTimes Quiet { get; } = new();
    }
}
