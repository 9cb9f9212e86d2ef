namespace Slipway.Coordination.Contexts;

/// <summary>What an agent may use.</summary>
public sealed record ResourceAllocation
{
    /// <summary>All defaults.</summary>
    public static ResourceAllocation Default { get; } = new();

    /// <summary>The longest an agent may work, 1 s or more. Default: 5 minutes.</summary>
    public TimeSpan MaxExecutionTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often something is tried again, 0 to 100. Default: 3.</summary>
    public int MaxRetryAttempts { get; init; } = 3;

    /// <summary>Memory in MB, 1 or more. Default: 512.</summary>
    public int MaxMemoryMb { get; init; } = 512;

    /// <summary>The quality that a result must have, 0 to 1. Default: 0.8.</summary>
    public double QualityThreshold { get; init; } = 0.8;

    /// <summary>The longest a single operation may take, 100 ms or more. Default: 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many operations go on at once, 1 or more. Default: 10.</summary>
    public int ConcurrencyLimit { get; init; } = 10;
}
