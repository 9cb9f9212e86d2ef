namespace Slipway.Coordination.Metrics;

/// <summary>Why a metric never reached the sinks.</summary>
public enum MetricDropReason
{
    /// <summary>The buffer was full and this was the oldest in it.</summary>
    BufferFull,

    /// <summary>The value is no number, infinite, or negative for a counter or a timing.</summary>
    InvalidValue,

    /// <summary>It was recorded after the collector had been stopped.</summary>
    Stopped,
}
