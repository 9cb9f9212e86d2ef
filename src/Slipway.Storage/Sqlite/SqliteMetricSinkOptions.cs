namespace Slipway.Storage.Sqlite;

/// <summary>Where a SQLite database of metrics lies and how it behaves.</summary>
public sealed record SqliteMetricSinkOptions
{
    private static readonly TimeSpan LongestBusyTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The place of the database below a workspace: <c>.slipway/metrics.db</c>. It is not the journal's, whose writers must not wait for metrics.</summary>
    public static readonly string DefaultPath = Path.Combine(".slipway", "metrics.db");

    /// <summary>The database file; two more, <c>-wal</c> and <c>-shm</c>, appear beside it. Its directory must exist.</summary>
    public required string File { get; init; }

    /// <summary>What a batch waits for. Default: <see cref="SqliteSynchronous.Normal"/>, metrics may go with the power.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Normal;

    /// <summary>How long to wait for another process that is writing: 0 to 10 minutes. Default: 5 s, less than a collector waits for its sink.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal static void Validate(SqliteMetricSinkOptions options)
    {
        var problem = string.IsNullOrWhiteSpace(options.File) ? "File must name a file"
            : options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > LongestBusyTimeout ? "BusyTimeout must be 0 to 10 minutes"
            : !Enum.IsDefined(options.Synchronous) ? "Synchronous must be Full or Normal"
            : null;
        if (problem is not null) throw new ArgumentException(problem, nameof(options));
    }
}
