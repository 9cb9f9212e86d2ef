using System.Data.Common;
using Npgsql;

namespace Slipway.Storage.Postgres.Sessions;

/// <summary>
/// The pool of connections to one schema, and the clock. Its failures are <see cref="StorageException"/>s. Without a clock of its own the
/// server's counts: one for all processes, so that a machine whose clock is wrong neither loses its leases nor keeps them too long.
/// </summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    private readonly TimeProvider? _clock;
    private readonly NpgsqlDataSource _connections;
    private readonly NpgsqlDataSource _listening;

    public PostgresSession(PostgresStoreOptions options, TimeProvider? clock)
    {
        _clock = clock;
        Schema = options.Schema;
        var asked = new NpgsqlConnectionStringBuilder(options.ConnectionString) { SearchPath = options.Schema };
        if (asked.MaxAutoPrepare == 0)
        {
            asked.MaxAutoPrepare = 100;
            asked.AutoPrepareMinUsages = 2;
        }

        // Nothing here changes the state of a session, so nothing has to be reset between two uses of a connection.
        asked.NoResetOnClose = true;
        asked.ApplicationName ??= "slipway";
        Place = $"{asked.Host}/{asked.Database ?? asked.Username}/{Schema}";
        _connections = Build(asked);
        // Whoever only listens never notices by itself that nothing can come any more.
        _listening = Build(new NpgsqlConnectionStringBuilder(asked.ConnectionString) { KeepAlive = (int)options.KeepAlive.TotalSeconds, Pooling = false });
    }

    public string Schema { get; }

    /// <summary>The channel on which the processes of one schema tell each other of changes.</summary>
    public string Channel => $"{Schema}_changes";

    /// <summary>Host, database and schema, for people.</summary>
    public string Place { get; }

    /// <summary>The clock of timers in this process.</summary>
    public TimeProvider Timers => _clock ?? TimeProvider.System;

    /// <summary>Now, to the millisecond, for SQL that says <c>coalesce($n, …)</c>; null where the server's clock counts.</summary>
    public DateTime? Now => _clock?.GetUtcNow().UtcDateTime is { } now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)) : null;

    /// <summary>Runs one statement on any connection.</summary>
    /// <returns>How many rows it touched.</returns>
    public ValueTask<int> ExecuteAsync(string sql, Action<NpgsqlCommand> bind, CancellationToken cancellationToken) =>
        UseAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(sql, connection);
                bind(command);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>Runs one statement on any connection and reads its rows.</summary>
    public ValueTask<List<T>> QueryAsync<T>(string sql, Action<NpgsqlCommand> bind, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        UseAsync(connection => QueryAsync(connection, sql, bind, read, cancellationToken), cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string, Action{NpgsqlCommand}, Func{DbDataReader, T}, CancellationToken)"/>
    public static async Task<List<T>> QueryAsync<T>(
        NpgsqlConnection connection, string sql, Action<NpgsqlCommand> bind, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Works on a connection in one transaction.</summary>
    public ValueTask<T> TransactAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) =>
        UseAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var result = await work(connection);
                await transaction.CommitAsync(cancellationToken);
                return result;
            },
            cancellationToken);

    /// <summary>Removes something with what belongs to it, and tells who listens.</summary>
    /// <param name="remove">The statement that removes it and returns its number; <c>$1</c> is the name.</param>
    /// <param name="removeParts">The statement that removes what belongs to it; <c>$1</c> is the number.</param>
    /// <param name="name">What is removed.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="cancellationToken">Ends the wait for the server.</param>
    /// <returns>False when there was none.</returns>
    public ValueTask<bool> RemoveAsync(string remove, string removeParts, string name, string topic, CancellationToken cancellationToken) => TransactAsync(
        async connection =>
        {
            var gone = await QueryAsync(
                connection,
                $"WITH gone (number) AS ({remove}) SELECT number, pg_notify($2, $3) FROM gone",
                command => command.Bind(name).Bind(Channel).Bind(topic),
                row => row.GetInt64(0),
                cancellationToken);
            if (gone.Count == 0) return false;
            // A statement of its own sees what an append had just committed before the row that it belongs to was gone.
            await QueryAsync(connection, removeParts, command => command.Bind(gone[0]), static _ => true, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Opens a connection to listen with, which notices when the way to the server is broken. It does not stay behind when something goes wrong at its beginning.</summary>
    public async ValueTask<NpgsqlConnection> ConnectAsync(Func<NpgsqlConnection, Task> begin, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _listening.OpenConnectionAsync(cancellationToken);
            await begin(connection);
            return connection;
        }
        catch (Exception failure)
        {
            if (connection is not null) await connection.DisposeAsync();
            if (PostgresDiagnostics.IsOfDriver(failure)) throw PostgresDiagnostics.FromException(Place, failure);
            throw;
        }
    }

    /// <summary>Works on a connection of one's own.</summary>
    public async ValueTask<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _connections.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (Exception failure) when (PostgresDiagnostics.IsOfDriver(failure))
        {
            throw PostgresDiagnostics.FromException(Place, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listening.DisposeAsync();
        await _connections.DisposeAsync();
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder connection)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(connection.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();
    }
}
