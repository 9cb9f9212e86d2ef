namespace Slipway.Coordination.Metrics;

/// <summary>How a sink has fared.</summary>
/// <param name="Name">The sink.</param>
/// <param name="Written">How many metrics it took.</param>
/// <param name="Waiting">How many it has yet to take.</param>
/// <param name="Refused">How many it did not take in any attempt, or not before the collector stopped.</param>
/// <param name="Dropped">How many it lost because it was behind by more than <see cref="MetricsOptions.BufferSize"/>.</param>
/// <param name="Failures">How many attempts failed.</param>
/// <param name="LastError">The message of the newest failure, or null.</param>
public sealed record SinkReport(string Name, long Written, long Waiting, long Refused, long Dropped, long Failures, string? LastError);
