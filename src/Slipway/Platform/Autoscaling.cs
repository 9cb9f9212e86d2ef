namespace Slipway.Platform;

/// <summary>Scaling by load.</summary>
/// <param name="Minimum">1 or more.</param>
/// <param name="Maximum">Above the minimum.</param>
/// <param name="CpuPercent">Target utilisation of the CPU request, 1 to 100, or null.</param>
/// <param name="MemoryPercent">Target utilisation of the memory request, 1 to 100, or null; one of the two is there.</param>
public sealed record Autoscaling(Value<int> Minimum, Value<int> Maximum, Value<int>? CpuPercent, Value<int>? MemoryPercent);
