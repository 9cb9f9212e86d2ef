using Slipway.Storage.Postgres;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests.Postgres;

/// <summary>Opens stores on the server of the tests.</summary>
internal static class PostgresStores
{
    /// <summary>The options of an empty store: a schema that nobody has used.</summary>
    public static async Task<PostgresStoreOptions> NewOptionsAsync(PostgresFixture postgres) =>
        new() { ConnectionString = await postgres.GetSharedDatabaseAsync(), Schema = postgres.NewName("test") };

    public static async Task<PostgresStore> OpenNewAsync(PostgresFixture postgres, TimeProvider? time) =>
        await PostgresStore.OpenAsync(await NewOptionsAsync(postgres), time);
}
