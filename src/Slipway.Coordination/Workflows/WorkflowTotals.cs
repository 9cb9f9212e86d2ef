using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Workflows;

/// <summary>Counts workflows, and records them where somebody wants it.</summary>
internal sealed class WorkflowTotals(MetricsCollector? metrics)
{
    private readonly Lock _gate = new();
    private readonly MetricHandle? _time = metrics?.Timing(CoordinationMetricNames.CoordinationTime);
    private readonly MetricHandle? _successRate = metrics?.Rate(CoordinationMetricNames.WorkflowSuccessRate, "1");
    private long _ended;
    private long _succeeded;
    private long _refused;
    private long _ticks;
    private int _running;

    public void Begin()
    {
        lock (_gate) _running++;
    }

    public void Refuse()
    {
        lock (_gate) _refused++;
    }

    public void End(string coordinationId, bool isSuccess, TimeSpan elapsed)
    {
        double rate;
        lock (_gate)
        {
            _running--;
            _ended++;
            _succeeded += isSuccess ? 1 : 0;
            _ticks += elapsed.Ticks;
            rate = (double)_succeeded / _ended;
        }

        _time?.Record(elapsed, coordinationId);
        _successRate?.Record(rate, coordinationId);
    }

    public CoordinationMetrics Sum(Routing.RoutingStats routing)
    {
        var snapshot = metrics?.GetSnapshot();
        lock (_gate)
        {
            return new CoordinationMetrics
            {
                WorkflowsEnded = _ended,
                WorkflowsSucceeded = _succeeded,
                WorkflowsRunning = _running,
                WorkflowsRefused = _refused,
                AverageDuration = _ended == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_ticks / _ended),
                Routing = routing,
                Metrics = snapshot,
            };
        }
    }
}
