namespace Slipway.Coordination.Agents;

/// <summary>How agents are matched. Source of the defaults: 004.3 of the coordination contract.</summary>
public sealed record MatchOptions
{
    /// <summary>The least confidence that is accepted, 0 to 1. Default: 0.3.</summary>
    public double MinimumConfidence { get; init; } = 0.3;

    /// <summary>How long compared capabilities are kept, 1 s to a day. Default: 300 s.</summary>
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>For how many needs compared capabilities are kept, 0 to 1,000,000. Default: 1,000.</summary>
    public int CacheSize { get; init; } = 1000;

    internal static void Validate(MatchOptions options)
    {
        var problem = !(options.MinimumConfidence is >= 0 and <= 1) ? "MinimumConfidence must be 0 to 1"
            : options.CacheLifetime < TimeSpan.FromSeconds(1) || options.CacheLifetime > TimeSpan.FromDays(1) ? "CacheLifetime must be 1 s to a day"
            : options.CacheSize is < 0 or > 1_000_000 ? "CacheSize must be 0 to 1,000,000"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }
}
