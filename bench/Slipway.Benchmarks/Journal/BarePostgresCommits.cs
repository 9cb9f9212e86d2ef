using Npgsql;
using NpgsqlTypes;

namespace Slipway.Benchmarks.Journal;

/// <summary>What the server gives: one insert of an event's size per commit, by a prepared statement on one connection, and nothing else.</summary>
internal sealed class BarePostgresCommits : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private long _sequence;

    private BarePostgresCommits(NpgsqlConnection connection)
    {
        _connection = connection;
        _insert = new NpgsqlCommand("INSERT INTO bare VALUES ($1, $2, $3)", connection);
        _insert.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
        _insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = 1_700_000_000_000, NpgsqlDbType = NpgsqlDbType.Bigint });
        _insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new string('x', 120), NpgsqlDbType = NpgsqlDbType.Text });
    }

    public static async Task<BarePostgresCommits> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand("CREATE TABLE bare (no bigint PRIMARY KEY, at bigint NOT NULL, payload text NOT NULL)", connection))
            await create.ExecuteNonQueryAsync();
        var commits = new BarePostgresCommits(connection);
        await commits._insert.PrepareAsync();
        return commits;
    }

    public async Task CommitAsync(int count)
    {
        for (var commit = 0; commit < count; commit++)
        {
            ((NpgsqlParameter<long>)_insert.Parameters[0]).TypedValue = ++_sequence;
            await _insert.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
