namespace Slipway.Coordination.State;

/// <summary>What a state has done and holds, at one moment.</summary>
public sealed record StateMetrics
{
    /// <summary>The version.</summary>
    public required long Version { get; init; }

    /// <summary>How many keys there are.</summary>
    public required int Keys { get; init; }

    /// <summary>How often a key was looked up in the state itself; look-ups in snapshots are not counted.</summary>
    public required long Reads { get; init; }

    /// <summary>How many versions were made.</summary>
    public required long Writes { get; init; }

    /// <summary>How many writes were refused because the state or a key was not at the version expected.</summary>
    public required long Conflicts { get; init; }

    /// <summary>How many changes the history holds; a version that changes several keys counts for each of them.</summary>
    public required int HistorySize { get; init; }

    /// <summary>How many changes the history has dropped because it was full.</summary>
    public required long HistoryDropped { get; init; }

    /// <summary>The oldest version that can be brought back.</summary>
    public required long OldestKeptVersion { get; init; }

    /// <summary>How many watchers there are.</summary>
    public required int Watchers { get; init; }
}
