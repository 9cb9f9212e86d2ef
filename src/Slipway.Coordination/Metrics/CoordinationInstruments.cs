using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Routing;

namespace Slipway.Coordination.Metrics;

/// <summary>What the parts of the library record at one collector, under the names of <see cref="CoordinationMetricNames"/>.</summary>
internal sealed class CoordinationInstruments
{
    private readonly MetricHandle[] _decisions;
    private readonly MetricHandle[] _resolutionTimes;

    public CoordinationInstruments(MetricsCollector metrics)
    {
        SignalsSent = metrics.Counter(CoordinationMetricNames.SignalsSent);
        SignalsReceived = metrics.Counter(CoordinationMetricNames.SignalsReceived);
        PropagationTime = metrics.Timing(CoordinationMetricNames.SignalPropagationTime);
        RoutingTime = metrics.Timing(CoordinationMetricNames.RoutingDecisionTime);
        ContextTime = metrics.Timing(CoordinationMetricNames.ContextDistributionTime);
        StateLockTime = metrics.Timing(CoordinationMetricNames.StateLockTime);
        StateGetTime = metrics.Timing(CoordinationMetricNames.StateGetTime);
        StateSetTime = metrics.Timing(CoordinationMetricNames.StateSetTime);
        _decisions = [.. Enum.GetValues<RoutingDecision>().Select(decision => metrics.Counter(CoordinationMetricNames.RoutingDecisions, "1", ("decision", RoutingNames.Of(decision))))];
        _resolutionTimes = [.. Enum.GetValues<DependencyStatus>().Select(status => metrics.Timing(CoordinationMetricNames.DependencyResolutionTime, "ms", ("status", DependencyWriter.NameOf(status))))];
    }

    public MetricHandle SignalsSent { get; }

    public MetricHandle SignalsReceived { get; }

    public MetricHandle PropagationTime { get; }

    public MetricHandle RoutingTime { get; }

    public MetricHandle ContextTime { get; }

    public MetricHandle StateLockTime { get; }

    public MetricHandle StateGetTime { get; }

    public MetricHandle StateSetTime { get; }

    public MetricHandle Decisions(RoutingDecision decision) => _decisions[(int)decision];

    public MetricHandle ResolutionTime(DependencyStatus status) => _resolutionTimes[(int)status];
}
