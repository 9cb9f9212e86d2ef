using Slipway.Storage.Leases;

namespace Slipway.Storage.Sqlite;

/// <summary>Where a SQLite store lies and how it behaves.</summary>
public sealed record SqliteStoreOptions
{
    private static readonly TimeSpan LongestBusyTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The place of the journal below a workspace: <c>.slipway/journal.db</c>.</summary>
    public static readonly string DefaultPath = Path.Combine(".slipway", "journal.db");

    /// <summary>The database file; two more, <c>-wal</c> and <c>-shm</c>, appear beside it. Its directory must exist.</summary>
    public required string File { get; init; }

    /// <summary>What an append waits for. Default: <see cref="SqliteSynchronous.Full"/>.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>How long to wait for another process that is writing: 0 to 10 minutes. Default: 10 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a missing file is created. Default: true.</summary>
    public bool CreateIfMissing { get; init; } = true;

    /// <summary>Tells whether the owner of a valid lease is known to be dead, so that its lease may be taken at once. Default: asks the operating system.</summary>
    public ILeaseOwnerProbe OwnerProbe { get; init; } = new LocalProcessProbe();

    /// <summary>
    /// How often to look whether another process has written, while somebody waits for that: 1 ms to 1 minute. Changes by this process are told at
    /// once. Default: 250 ms.
    /// </summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    internal static void Validate(SqliteStoreOptions options)
    {
        var problem = string.IsNullOrWhiteSpace(options.File) ? "File must name a file"
            : options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > LongestBusyTimeout ? "BusyTimeout must be 0 to 10 minutes"
            : !Enum.IsDefined(options.Synchronous) ? "Synchronous must be Full or Normal"
            : options.WatchInterval < TimeSpan.FromMilliseconds(1) || options.WatchInterval > TimeSpan.FromMinutes(1) ? "WatchInterval must be 1 ms to 1 minute"
            : options.OwnerProbe is null ? "OwnerProbe must be given"
            : null;
        if (problem is not null) throw new ArgumentException(problem, nameof(options));
    }
}
