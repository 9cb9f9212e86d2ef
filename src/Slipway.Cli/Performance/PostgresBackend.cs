using Npgsql;
using NpgsqlTypes;
using Slipway.Coordination.Journal;
using Slipway.Performance;
using Slipway.Storage.Postgres;

namespace Slipway.Cli.Performance;

/// <summary>Journals in a schema of their own, which is removed with all in it.</summary>
internal sealed class PostgresBackend(string connectionString) : IDurableBackend
{
    private const string Schema = "slipway_bench";

    public async Task<IDurableStore> CreateAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            // One that was cut off may have left its own.
            await ExecuteAsync(connection, $"DROP SCHEMA IF EXISTS {Schema} CASCADE", cancellationToken);
            var store = await OpenAsync(cancellationToken);
            await ExecuteAsync(connection, $"CREATE TABLE {Schema}.bare (no bigint PRIMARY KEY, at bigint NOT NULL, payload text NOT NULL)", cancellationToken);
            var insert = new NpgsqlCommand($"INSERT INTO {Schema}.bare VALUES ($1, $2, $3)", connection);
            insert.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = 1_700_000_000_000, NpgsqlDbType = NpgsqlDbType.Bigint });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new string('x', 120), NpgsqlDbType = NpgsqlDbType.Text });
            await insert.PrepareAsync(cancellationToken);
            return new Store(this, connection, insert, store);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private Task<PostgresStore> OpenAsync(CancellationToken cancellationToken) =>
        PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = connectionString, Schema = Schema }, cancellationToken: cancellationToken);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Store(PostgresBackend backend, NpgsqlConnection connection, NpgsqlCommand insert, PostgresStore store) : IDurableStore
    {
        private PostgresStore _store = store;
        private long _sequence;

        public IRunJournal Journal => _store.Journal;

        public async Task ReopenAsync(CancellationToken cancellationToken)
        {
            await _store.DisposeAsync();
            _store = await backend.OpenAsync(cancellationToken);
        }

        public async Task CommitBareAsync(int commits, CancellationToken cancellationToken)
        {
            for (var commit = 0; commit < commits; commit++)
            {
                ((NpgsqlParameter<long>)insert.Parameters[0]).TypedValue = ++_sequence;
                await insert.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        public Task<long?> MeasureSizeAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

        public async ValueTask DisposeAsync()
        {
            await _store.DisposeAsync();
            await insert.DisposeAsync();
            await ExecuteAsync(connection, $"DROP SCHEMA IF EXISTS {Schema} CASCADE", CancellationToken.None);
            await connection.DisposeAsync();
        }
    }
}
