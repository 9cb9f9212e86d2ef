namespace Slipway.Coordination.Metrics;

/// <summary>What a number means.</summary>
public enum MetricType
{
    /// <summary>How long something took.</summary>
    Timing,

    /// <summary>How many more there are; never negative.</summary>
    Counter,

    /// <summary>How much there is right now.</summary>
    Gauge,

    /// <summary>How much there is for each unit of time, as the caller measured it.</summary>
    Rate,
}
