namespace Slipway.Platform;

/// <summary>CPU and memory as Kubernetes quantities (<c>100m</c>, <c>128Mi</c>).</summary>
/// <param name="CpuRequest">What the scheduler reserves.</param>
/// <param name="MemoryRequest">What the scheduler reserves.</param>
/// <param name="CpuLimit">The most it may use.</param>
/// <param name="MemoryLimit">The most it may use.</param>
public sealed record ResourceNeeds(Value<string> CpuRequest, Value<string> MemoryRequest, Value<string> CpuLimit, Value<string> MemoryLimit);
