using System.Globalization;
using Npgsql;
using Slipway.Storage.Postgres.Sessions;

namespace Slipway.Storage.Postgres;

/// <summary>Tables and how older ones become newer ones. Migrations only ever go forward, one process at a time.</summary>
/// <param name="versions">The table that says which are applied; the first migration makes it.</param>
/// <param name="migrations">What makes each version from the one before.</param>
internal sealed class PostgresSchema(string versions, IReadOnlyList<string> migrations)
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE schema_versions (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE SEQUENCE fencing_tokens;
        -- Every append updates its run's row; the free space keeps the new version on the same page, so that no index is touched.
        CREATE TABLE runs (
          run_no          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          run_id          text COLLATE "C" NOT NULL UNIQUE,
          created_at      timestamptz NOT NULL,
          first_at        timestamptz,
          newest_sequence bigint NOT NULL DEFAULT 0,
          owner           text,
          fencing_token   bigint,
          expires_at      timestamptz) WITH (fillfactor = 50);
        CREATE TABLE events (
          run_no   bigint NOT NULL,
          sequence bigint NOT NULL,
          at       timestamptz NOT NULL,
          payload  text NOT NULL,
          PRIMARY KEY (run_no, sequence));
        CREATE VIEW run_events AS
          SELECT r.run_id, e.sequence, e.at, e.payload::json ->> 'type' AS type, e.payload FROM runs r JOIN events e USING (run_no);
        """,
    ];

    /// <summary>The tables of a store.</summary>
    public static PostgresSchema Store { get; } = new("schema_versions", Migrations);

    /// <summary>The version this program writes.</summary>
    public int Version => migrations.Count;

    /// <summary>Creates or migrates the tables; refuses newer ones.</summary>
    public async Task PrepareAsync(PostgresSession session, CancellationToken cancellationToken) =>
        await session.UseAsync(
            async connection =>
            {
                if (await FindVersionAsync(connection, session, cancellationToken) < Version) await MigrateAsync(connection, session, cancellationToken);
                return true;
            },
            cancellationToken);

    private async Task<long> FindVersionAsync(NpgsqlConnection connection, PostgresSession session, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand($"SELECT to_regclass('{versions}') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true) return 0;
        await using var newest = new NpgsqlCommand($"SELECT coalesce(max(version), 0)::bigint FROM {versions}", connection);
        var version = (long)(await newest.ExecuteScalarAsync(cancellationToken))!;
        return version <= Version ? version : throw PostgresDiagnostics.Newer(session.Place, version, Version);
    }

    private async Task MigrateAsync(NpgsqlConnection connection, PostgresSession session, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Other processes that start at the same moment wait here, and find the work done.
        await ExecuteAsync($"SELECT pg_advisory_xact_lock(hashtextextended('slipway migration of {session.Schema}', 0))");
        // Whoever may not create a schema may have been given an empty one.
        if (!await SchemaExistsAsync()) await ExecuteAsync($"CREATE SCHEMA {session.Schema}");
        for (var version = await FindVersionAsync(connection, session, cancellationToken); version < Version; version++)
        {
            await ExecuteAsync(migrations[(int)version]);
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {versions} VALUES ({version + 1})"));
        }

        await transaction.CommitAsync(cancellationToken);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        async Task<bool> SchemaExistsAsync()
        {
            await using var command = new NpgsqlCommand($"SELECT to_regnamespace('{session.Schema}') IS NOT NULL", connection);
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
    }
}
