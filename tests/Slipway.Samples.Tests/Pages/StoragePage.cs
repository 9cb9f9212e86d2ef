#pragma warning disable // Written as a reader would write it who tries the page.
using Slipway.Coordination.Agents;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Storage.Leases;
using Slipway.Storage.Postgres;
using Slipway.Storage.Sqlite;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/storage.md.</summary>
internal static class StoragePage
{
    public static async Task RunAsync(AgentRegistry agents, Plan plan)
    {
        await using var store = await PostgresStore.OpenAsync(
            new PostgresStoreOptions { ConnectionString = "Host=db;Database=slipway;Username=slipway" });
        // Or, on one machine: await using var store = SqliteStore.Open(new SqliteStoreOptions { File = "slipway.db" }, TimeProvider.System);

        var engine = new RunEngine(store.Journal, agents, new RunOptions
        {
            Owner = LeaseOwner.Current.ToString(),
            Locks = store.Locks,
            Approvals = store.Approvals,
        });
        var result = await engine.StartAsync("nightly-7", plan);
    }
}
