namespace Slipway.Storage.Sqlite;

/// <summary>
/// Which runs may go. A run goes when every rule given here lets it go; at least one of <see cref="OlderThan"/> and
/// <see cref="KeepNewest"/> must be given. A run that somebody holds a valid lease on always stays.
/// </summary>
public sealed record JournalRetention
{
    /// <summary>Only runs whose newest event is older than this may go. Default: null, any age.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>This many of the newest runs, by their first event, stay: 0 or more. Default: null, none stays for that reason.</summary>
    public int? KeepNewest { get; init; }

    /// <summary>Whether runs may go that have not ended: paused, or left by a process that died. Default: false.</summary>
    public bool IncludeUnfinished { get; init; }

    internal static void Validate(JournalRetention retention)
    {
        var problem = retention.OlderThan is null && retention.KeepNewest is null ? "OlderThan or KeepNewest must be given"
            : retention.OlderThan < TimeSpan.Zero ? "OlderThan must not be negative"
            : retention.KeepNewest < 0 ? "KeepNewest must not be negative"
            : null;
        if (problem is not null) throw new ArgumentException(problem, nameof(retention));
    }
}
