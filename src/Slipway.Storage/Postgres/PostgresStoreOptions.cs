using Npgsql;
using Slipway.Storage.Leases;

namespace Slipway.Storage.Postgres;

/// <summary>Where the tables lie in PostgreSQL (12 or later) and how the store behaves.</summary>
public sealed record PostgresStoreOptions
{
    private const int LongestSchemaName = 50;

    /// <summary>
    /// How to reach the database, as Npgsql reads it: <c>Host=db;Database=slipway;Username=slipway;Password=…</c>. Connect directly or through a
    /// pooler in session mode: waiting needs a connection that stays the same.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The schema of the tables, made when it is missing: 1 to 50 lower-case letters, digits and underscores, no digit first. Stores in
    /// different schemas know nothing of each other. Default: <c>slipway</c>.
    /// </summary>
    public string Schema { get; init; } = "slipway";

    /// <summary>How long to wait before the connection that listens for other processes is made anew: 10 ms to 1 minute. Default: 1 s.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the connection that listens may be silent before the server is asked whether it is still there, in whole seconds, 1 s to 10 minutes: a way to the
    /// server that broke without a word is noticed within twice that time. Default: 15 s.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Tells whether the owner of a valid lease is known to be dead, so that its lease may be taken at once. Default: asks the operating system.</summary>
    public ILeaseOwnerProbe OwnerProbe { get; init; } = new LocalProcessProbe();

    internal static void Validate(PostgresStoreOptions options)
    {
        var problem = string.IsNullOrWhiteSpace(options.ConnectionString) ? "ConnectionString must say how to reach the database"
            : !IsSchemaName(options.Schema) ? $"Schema must be 1 to {LongestSchemaName} lower-case letters, digits and underscores, no digit first"
            : options.ReconnectDelay < TimeSpan.FromMilliseconds(10) || options.ReconnectDelay > TimeSpan.FromMinutes(1) ? "ReconnectDelay must be 10 ms to 1 minute"
            : options.KeepAlive < TimeSpan.FromSeconds(1) || options.KeepAlive > TimeSpan.FromMinutes(10) ? "KeepAlive must be 1 s to 10 minutes"
            : options.OwnerProbe is null ? "OwnerProbe must be given"
            : null;
        if (problem is not null) throw new ArgumentException(problem, nameof(options));
        _ = new NpgsqlConnectionStringBuilder(options.ConnectionString);
    }

    private static bool IsSchemaName(string? name) =>
        name is { Length: > 0 and <= LongestSchemaName } && !char.IsAsciiDigit(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
