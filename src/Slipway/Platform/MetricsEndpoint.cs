namespace Slipway.Platform;

/// <summary>Where Prometheus scrapes a workload.</summary>
/// <param name="Path"><c>/metrics</c> by default.</param>
/// <param name="Port">The name of the port; the main one by default.</param>
public sealed record MetricsEndpoint(Value<string> Path, string Port);
