using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Contexts;

/// <summary>What packages hold unless it is said, and how large they may be.</summary>
public sealed record ContextDistributorOptions
{
    /// <summary>What an agent may use unless it is said. Default: all defaults.</summary>
    public ResourceAllocation DefaultResources { get; init; } = ResourceAllocation.Default;

    /// <summary>How agents talk unless it is said. Default: all defaults.</summary>
    public CoordinationProtocols DefaultProtocols { get; init; } = CoordinationProtocols.Default;

    /// <summary>How many bytes of names and values one agent's assignment may have, 1 KiB to 1 GiB. Default: 1 MiB.</summary>
    public long MaxAssignmentBytes { get; init; } = 1 << 20;

    /// <summary>How many bytes of names and values the shared intelligence of an agent may have, 1 KiB to 1 GiB. Default: 16 MiB.</summary>
    public long MaxSharedBytes { get; init; } = 16 << 20;

    /// <summary>How many agents a coordination may have, 1 to 1,000,000. Default: 10,000.</summary>
    public int MaxAgents { get; init; } = 10_000;

    /// <summary>How many coordinations there may be at once, 1 to 1,000,000. Default: 10,000.</summary>
    public int MaxCoordinations { get; init; } = 10_000;

    /// <summary>Where the time that an agent's context took is recorded; null for nowhere. Default: null.</summary>
    public MetricsCollector? Metrics { get; init; }

    /// <summary>The clock of <c>created_at</c>. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal static void Validate(ContextDistributorOptions options)
    {
        const long Least = 1 << 10;
        const long Most = 1 << 30;
        var problems = new List<Diagnostics.Diagnostic>();
        ContextRules.Check(options.DefaultResources, nameof(DefaultResources), problems);
        ContextRules.Check(options.DefaultProtocols, nameof(DefaultProtocols), problems);
        var problem = problems.Count > 0 ? problems[0].Summary
            : options.MaxAssignmentBytes is < Least or > Most ? "MaxAssignmentBytes must be 1 KiB to 1 GiB"
            : options.MaxSharedBytes is < Least or > Most ? "MaxSharedBytes must be 1 KiB to 1 GiB"
            : options.MaxAgents is < 1 or > 1_000_000 ? "MaxAgents must be 1 to 1,000,000"
            : options.MaxCoordinations is < 1 or > 1_000_000 ? "MaxCoordinations must be 1 to 1,000,000"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }
}
