using System.Globalization;
using Npgsql;
using Xunit;

namespace Slipway.Testing.Postgres;

/// <summary>
/// One PostgreSQL server for all tests of an assembly (<c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>), started when the
/// first of them asks. Where the server is not installed, tests fail in CI and skip elsewhere.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartAsync());
    private int _names;

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to reach it as the superuser.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var server = await RequireAsync();
        var name = NewName("test");
        await ExecuteAsync(server.ConnectionStringTo("postgres"), $"CREATE DATABASE {name}");
        return server.ConnectionStringTo(name);
    }

    /// <summary>How to reach the one database that all tests share, for those that keep apart by a schema of a <see cref="NewName"/>.</summary>
    public async Task<string> GetSharedDatabaseAsync() => (await RequireAsync()).ConnectionStringTo("postgres");

    /// <summary>A name, such as <c>test_3</c>, that was not given before.</summary>
    public string NewName(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{Interlocked.Increment(ref _names)}");

    /// <summary>Runs SQL on a connection of its own.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        // Without a pool nothing stays connected, so that a test may drop what it made.
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await _server.Value).DisposeAsync();
    }

    private Task<PostgresServer> RequireAsync()
    {
        if (PostgresServer.FindPrograms() is not null) return _server.Value;
        const string Missing = "PostgreSQL's 'initdb' and 'pg_ctl' are not installed";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
        return _server.Value;
    }
}
