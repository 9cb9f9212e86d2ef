using Microsoft.Extensions.Logging;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Coordination.Metrics.Buffering;

namespace Slipway.Coordination.Metrics.Delivery;

/// <summary>Brings alerts to the notifiers of an engine, one alert after the other, apart from the sinks. What waits is bounded: beyond the bound the oldest is dropped and counted.</summary>
internal sealed class AlertDispatcher(AlertRuleEngine alerts, MetricsOptions options) : IDisposable
{
    private const int MostWaiting = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<Alert> _waiting = new();
    private readonly Wakeup _wakeup = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _work = Task.CompletedTask;
    private bool _isClosed;
    private bool _isBusy;
    private long _lost;

    public void Start() => _work = Task.Run(RunAsync);

    public void Watch(IReadOnlyList<Metric> batch)
    {
        var isAny = false;
        foreach (var metric in batch)
        {
            foreach (var alert in alerts.Evaluate(metric))
            {
                isAny = true;
                lock (_gate)
                {
                    _waiting.Enqueue(alert);
                    if (_waiting.Count <= MostWaiting) continue;
                    _waiting.Dequeue();
                    _lost++;
                }
            }
        }

        if (isAny) _wakeup.Set();
    }

    /// <summary>Delivers what waits and ends.</summary>
    /// <returns>How many alerts were never brought to the notifiers.</returns>
    public async Task<long> StopAsync(CancellationToken giveUp)
    {
        lock (_gate) _isClosed = true;
        _wakeup.Set();
        try
        {
            await _work.WaitAsync(giveUp);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _lost += _waiting.Count + (_isBusy ? 1 : 0);
                _waiting.Clear();
            }

            await _abandon.CancelAsync();
        }

        lock (_gate) return _lost;
    }

    /// <summary>After the end; a notifier that was given up keeps its cancelled token.</summary>
    public void Dispose()
    {
        if (!_abandon.IsCancellationRequested) _abandon.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            Alert? alert;
            lock (_gate)
            {
                _isBusy = _waiting.TryDequeue(out alert);
                if (alert is null && _isClosed) return;
            }

            if (alert is null) await _wakeup.WaitAsync();
            else await NotifyAsync(alert);
        }
    }

    private async Task NotifyAsync(Alert alert)
    {
        try
        {
            await alerts.NotifyAsync(alert, _abandon.Token);
        }
        catch (OperationCanceledException cancelled)
        {
            options.Logger.LogWarning(cancelled, "The alert {Alert} was not brought to all notifiers before the collector stopped", alert.AlertId);
        }
    }
}
