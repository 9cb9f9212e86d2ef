namespace Slipway.Coordination.State;

/// <summary>What a watcher is told.</summary>
public sealed record StateWatchOptions
{
    internal static readonly StateWatchOptions All = new();

    /// <summary>Only changes of this key; null for any. Default: null.</summary>
    public string? Key { get; init; }

    /// <summary>Only changes of keys that begin with this, by ordinal comparison; null for any. Default: null.</summary>
    public string? Prefix { get; init; }

    /// <summary>Only changes after this version, 0 to the current one; null for those after the watch was asked for. Default: null.</summary>
    public long? FromVersion { get; init; }

    /// <summary>How many changes may wait for the consumer, 1 to 1,000,000; one batch more may wait where it finds room for a part of it. Default: 1,000.</summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>What happens when that many wait. Default: <see cref="StateWatchLag.Coalesce"/>.</summary>
    public StateWatchLag WhenFull { get; init; }

    internal bool Matches(string key) =>
        (Key is null || key == Key) && (Prefix is null || key.StartsWith(Prefix, StringComparison.Ordinal));

    internal static void Validate(StateWatchOptions options)
    {
        if (options.Capacity is < 1 or > 1_000_000)
            throw new ArgumentOutOfRangeException(nameof(options), "Capacity must be 1 to 1,000,000");
        if (!Enum.IsDefined(options.WhenFull))
            throw new ArgumentOutOfRangeException(nameof(options), "WhenFull must be one of the policies");
    }
}
