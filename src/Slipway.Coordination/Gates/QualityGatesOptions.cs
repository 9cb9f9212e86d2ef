namespace Slipway.Coordination.Gates;

/// <summary>How a board of quality gates is kept.</summary>
public sealed record QualityGatesOptions
{
    /// <summary>How many scores a gate keeps, 1 to 1,000,000; older ones are dropped and counted. Default: 1,000.</summary>
    public int MaxHistorySize { get; init; } = 1_000;

    /// <summary>How many gates a board holds, 1 to 1,000,000. Default: 10,000.</summary>
    public int MaxGates { get; init; } = 10_000;

    /// <summary>The clock of scores. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal static void Validate(QualityGatesOptions options)
    {
        var problem = options.MaxHistorySize is < 1 or > 1_000_000 ? "MaxHistorySize must be 1 to 1,000,000"
            : options.MaxGates is < 1 or > 1_000_000 ? "MaxGates must be 1 to 1,000,000"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }
}
