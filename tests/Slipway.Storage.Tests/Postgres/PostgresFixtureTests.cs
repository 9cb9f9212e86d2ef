using Npgsql;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests.Postgres;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task CreateDatabaseAsync_Twice_GivesTwoEmptyDatabases()
    {
        var one = await postgres.CreateDatabaseAsync();
        var two = await postgres.CreateDatabaseAsync();

        await PostgresFixture.ExecuteAsync(one, "CREATE TABLE t (a int)");

        await Assert.ThrowsAsync<PostgresException>(() => PostgresFixture.ExecuteAsync(two, "SELECT * FROM t"));
    }

    [Fact]
    public async Task DisposeAsync_OwnServer_StopsItAndRemovesItsDirectory()
    {
        await postgres.GetSharedDatabaseAsync();
        var server = await PostgresServer.StartAsync();
        var directory = new NpgsqlConnectionStringBuilder(server.ConnectionStringTo("postgres")).Host!;
        Assert.True(Directory.Exists(directory));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(directory));
    }
}
