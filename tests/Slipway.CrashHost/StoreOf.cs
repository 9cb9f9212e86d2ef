using Slipway.Coordination.Feeds;
using Slipway.Storage.Postgres;
using Slipway.Storage.Sqlite;

namespace Slipway.CrashHost;

/// <summary>Opens the journal that an argument names: a file, or <c>postgres:schema:connection string</c>.</summary>
internal static class StoreOf
{
    private const string Postgres = "postgres:";

    public static string Name(string schema, string connectionString) => $"{Postgres}{schema}:{connectionString}";

    public static async Task<(IRunFeed Journal, IAsyncDisposable Store)> OpenAsync(string name)
    {
        if (!name.StartsWith(Postgres, StringComparison.Ordinal))
        {
            var file = SqliteStore.Open(new SqliteStoreOptions { File = name }, TimeProvider.System);
            return (file.Journal, file);
        }

        var parts = name[Postgres.Length..].Split(':', 2);
        var store = await PostgresStore.OpenAsync(new PostgresStoreOptions { Schema = parts[0], ConnectionString = parts[1] });
        return (store.Journal, store);
    }
}
