namespace Slipway.Platform;

/// <summary>A path under which a workload is reached from outside.</summary>
/// <param name="Path">An absolute path such as <c>/api</c>.</param>
/// <param name="Port">The name of the port, or null for the main one.</param>
public sealed record IngressRoute(Value<string> Path, string? Port);
