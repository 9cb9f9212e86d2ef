using System.Net.Sockets;
using Npgsql;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Storage.Postgres;

/// <summary>What can be wrong with a store in PostgreSQL, in words.</summary>
internal static class PostgresDiagnostics
{
    public const string ConnectionLost = "SLW5215";

    public static StorageException Newer(string place, long found, long known) => Problem(
        "SLW5216", place, "The tables were made by a newer Slipway",
        $"their schema is version {found}, this program knows {known}",
        "use that newer Slipway, or name another schema");

    public static StorageException Foreign(string place, string detail, Exception? cause = null) => Problem(
        "SLW5218", place, "The tables are not as Slipway made them", detail,
        "restore the schema from a backup, or name another schema; it was not changed", cause);

    /// <summary>Whether an exception comes from the driver or the way to the server.</summary>
    public static bool IsOfDriver(Exception exception) => exception is NpgsqlException or IOException or SocketException or TimeoutException;

    /// <summary>Names the failure that an exception of the driver stands for.</summary>
    public static StorageException FromException(string place, Exception exception) => exception switch
    {
        PostgresException refused => FromRefusal(place, refused),
        NpgsqlException { InnerException: SocketException or TimeoutException } broken when IsOpening(broken) => Problem(
            "SLW5211", place, "The PostgreSQL server cannot be reached", broken.InnerException!.Message,
            "start the server, or mend host and port of the connection string", broken),
        _ => Lost(place, exception),
    };

    public static StorageException Unreadable(string place, string runId, long sequence, Exception cause) => Problem(
        "SLW5209", place, $"Event {sequence} of run '{runId}' cannot be read", cause.Message,
        "use the Slipway that wrote it; other runs of this journal are not affected", cause);

    public static StorageException UnreadableChange(string place, string name, long version, Exception cause) => Problem(
        "SLW5220", place, $"The change to version {version} of state '{name}' cannot be read", cause.Message,
        "use the Slipway that wrote it, or delete the state; others are not affected", cause);

    public static StorageException Missing(string place, string runId, long sequence) =>
        Unreadable(place, runId, sequence, new InvalidDataException("it is not there, though later ones are"));

    private static bool IsOpening(NpgsqlException exception) =>
        exception.InnerException is SocketException || exception.Message.Contains("connect", StringComparison.OrdinalIgnoreCase);

    private static StorageException FromRefusal(string place, PostgresException refused)
    {
        var detail = $"PostgreSQL says '{refused.MessageText}' ({refused.SqlState})";
        return (refused.SqlState, refused.SqlState[..2]) switch
        {
            (_, "28") => Problem(
                "SLW5212", place, "PostgreSQL refuses the user", detail,
                "mend user name and password of the connection string, or let the server's pg_hba.conf admit that user", refused),
            (PostgresErrorCodes.InvalidCatalogName, _) => Problem(
                "SLW5213", place, "The database does not exist", detail,
                "create it with 'createdb', or mend the database of the connection string", refused),
            (PostgresErrorCodes.InsufficientPrivilege, _) => Problem(
                "SLW5214", place, "The user may not do this in the database", detail,
                "grant CREATE on the database for the first start, and all rights on the schema and its tables for every other", refused),
            (_, "57" or "08") => Lost(place, refused),
            (_, "53" or "54") => Problem(
                "SLW5217", place, "PostgreSQL has run out of something", detail,
                "give the server more disk, memory or connections, as it says, then resume the run; what was recorded before is intact", refused),
            (_, "42" or "23" or "3F") => Foreign(place, detail, refused),
            _ => Problem(
                "SLW5219", place, "PostgreSQL could not do what was asked", detail,
                "look into the server's log, then resume the run; what was recorded before is intact", refused),
        };
    }

    private static StorageException Lost(string place, Exception cause) => Problem(
        ConnectionLost, place, "The connection to PostgreSQL was lost", cause.Message,
        "see that the server runs, then resume the run; what was under way was recorded whole or not at all", cause);

    private static StorageException Problem(string code, string place, string summary, string detail, string fix, Exception? cause = null) => new(
        new Diagnostic { Code = code, Summary = summary, Detail = detail, Place = new SourcePlace(place), Fix = fix },
        cause);
}
