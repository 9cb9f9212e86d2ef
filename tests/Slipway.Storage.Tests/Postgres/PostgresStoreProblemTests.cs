using Npgsql;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Storage.Postgres;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests.Postgres;

/// <summary>Servers that are not there, refuse or go away: each is told by one diagnostic, and nothing is half-written.</summary>
public sealed class PostgresStoreProblemTests(PostgresFixture postgres)
{
    private static readonly RunEvent[] OneEvent = [new StepReady("step")];

    [Fact]
    public async Task OpenAsync_NoServer_SaysSo()
    {
        var options = new PostgresStoreOptions { ConnectionString = "Host=/nonexistent;Username=slipway;Database=postgres" };

        Assert.Equal("SLW5211", await CodeOfOpeningAsync(options));
    }

    [Theory]
    [InlineData("guest", "wrong")]
    [InlineData("nobody", "secret")]
    public async Task OpenAsync_WrongPasswordOrUser_SaysSoWithoutThePassword(string prefix, string password)
    {
        var (database, user) = (await postgres.CreateDatabaseAsync(), postgres.NewName("guest"));
        await PostgresFixture.ExecuteAsync(database, $"CREATE ROLE {user} LOGIN PASSWORD 'secret'");
        var options = new PostgresStoreOptions { ConnectionString = As(database, prefix == "guest" ? user : prefix, password) };

        var refused = await Assert.ThrowsAsync<StorageException>(() => PostgresStore.OpenAsync(options));

        Assert.Equal("SLW5212", refused.Diagnostic.Code);
        Assert.DoesNotContain(password, refused.Diagnostic.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NoDatabase_SaysSo()
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.GetSharedDatabaseAsync()) { Database = "missing" }.ConnectionString;

        Assert.Equal("SLW5213", await CodeOfOpeningAsync(new PostgresStoreOptions { ConnectionString = database }));
    }

    [Fact]
    public async Task OpenAsync_NoRights_SaysSoAndAnEmptySchemaOfOnesOwnIsEnough()
    {
        var (database, user) = (await postgres.CreateDatabaseAsync(), postgres.NewName("guest"));
        await PostgresFixture.ExecuteAsync(database, $"CREATE ROLE {user} LOGIN PASSWORD 'secret'");
        var options = new PostgresStoreOptions { ConnectionString = As(database, user, "secret") };

        Assert.Equal("SLW5214", await CodeOfOpeningAsync(options));

        await PostgresFixture.ExecuteAsync(database, $"CREATE SCHEMA slipway AUTHORIZATION {user}");
        await using var store = await PostgresStore.OpenAsync(options);
        await AppendAsync(store);
    }

    [Fact]
    public async Task OpenAsync_NewerSchema_IsRefusedAndUntouched()
    {
        var options = await PostgresStores.NewOptionsAsync(postgres);
        await (await PostgresStore.OpenAsync(options)).DisposeAsync();
        await PostgresFixture.ExecuteAsync(options.ConnectionString, $"INSERT INTO {options.Schema}.schema_versions VALUES (99)");

        var newer = await Assert.ThrowsAsync<StorageException>(() => PostgresStore.OpenAsync(options));

        Assert.Equal("SLW5216", newer.Diagnostic.Code);
        Assert.Contains("99", newer.Diagnostic.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_OlderSchema_IsMigratedAndKeepsItsRuns()
    {
        var options = await PostgresStores.NewOptionsAsync(postgres);
        await using (var older = await PostgresStore.OpenAsync(options)) await AppendAsync(older);
        await PostgresFixture.ExecuteAsync(
            options.ConnectionString,
            $"""
            SET search_path = {options.Schema};
            DROP FUNCTION try_lock;
            DROP TABLE lock_resources, lock_tickets, approvals, coordinations, signals, states, state_entries, state_changes, stop_requests;
            ALTER TABLE runs DROP COLUMN priority, DROP COLUMN is_open;
            DELETE FROM schema_versions WHERE version > 1;
            """);

        await using var store = await PostgresStore.OpenAsync(options);

        Assert.Single(store.Journal.ReadAsync("run").ToBlockingEnumerable());
        Assert.Equal(0, (await store.State.LoadAsync("state")).Version);
    }

    [Fact]
    public async Task OpenAsync_SchemaFromBeforeTheFeed_TellsWhichOfItsRunsWait()
    {
        var options = await PostgresStores.NewOptionsAsync(postgres);
        await using (var older = await PostgresStore.OpenAsync(options)) await OlderRuns.WriteAsync(older.Journal);
        await PostgresFixture.ExecuteAsync(
            options.ConnectionString,
            $"SET search_path = {options.Schema}; DROP TABLE stop_requests; ALTER TABLE runs DROP COLUMN priority, DROP COLUMN is_open; DELETE FROM schema_versions WHERE version > 2");

        await using var store = await PostgresStore.OpenAsync(options);

        Assert.Equal(OlderRuns.Waiting, (await store.Journal.FindRunnableAsync(10, new HashSet<string>())).RunIds);
        await OlderRuns.ResumePausedAsync(store.Journal);
        Assert.Equal(OlderRuns.WaitingLater, (await store.Journal.FindRunnableAsync(10, new HashSet<string>())).RunIds);
    }

    [Fact]
    public async Task OpenAsync_ManyAtOnceOnAnEmptyDatabase_AllWork()
    {
        var options = new PostgresStoreOptions { ConnectionString = await postgres.CreateDatabaseAsync() };
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresStore.OpenAsync(options))));

        for (var number = 0; number < stores.Length; number++) await AppendAsync(stores[number], $"run-{number}");

        Assert.Equal(stores.Length, stores[0].Journal.ListRunsAsync().ToBlockingEnumerable().Count());
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Fact]
    public async Task AppendAsync_TableThatSomebodyRemoved_SaysSo()
    {
        var options = await PostgresStores.NewOptionsAsync(postgres);
        await using var store = await PostgresStore.OpenAsync(options);
        await PostgresFixture.ExecuteAsync(options.ConnectionString, $"DROP TABLE {options.Schema}.events CASCADE");

        Assert.Equal("SLW5218", (await Assert.ThrowsAsync<StorageException>(() => AppendAsync(store))).Diagnostic.Code);
    }

    [Fact]
    public async Task AppendAsync_ConnectionLostMeanwhile_AppendsNothingAndTheNextWorks()
    {
        var options = await PostgresStores.NewOptionsAsync(postgres);
        await using var store = await PostgresStore.OpenAsync(options);
        var lease = (await store.Journal.TryAcquireAsync("run", "one", TimeSpan.FromHours(1)))!;
        await using var other = await BlockAsync(options);

        var append = store.Journal.AppendAsync(lease, 0, OneEvent).AsTask();
        await CutOffTheBlockedAsync(options);

        Assert.Equal("SLW5215", (await Assert.ThrowsAsync<StorageException>(() => append)).Diagnostic.Code);
        await other.DisposeAsync();
        Assert.Empty(store.Journal.ReadAsync("run").ToBlockingEnumerable());
        Assert.Equal(1, await store.Journal.AppendAsync(lease, 0, OneEvent));
    }

    [Fact]
    public async Task StartAsync_ConnectionLostMeanwhile_StopsAndTheResumedRunDoesNothingTwice()
    {
        var options = await PostgresStores.NewOptionsAsync(postgres);
        await using var store = await PostgresStore.OpenAsync(options);
        var acted = new List<string>();
        NpgsqlConnection? other = null;
        var agent = new DelegateAgent(async (context, _) =>
        {
            lock (acted) acted.Add(context.StepId);
            if (context.StepId == "b" && other is null) other = await BlockAsync(options);
            return StepOutcome.Success;
        });
        var engine = new RunEngine(store.Journal, new AgentRegistry { { "agent", agent } }, new RunOptions());
        var plan = new Plan { Name = "chain", Steps = [StepOf("a"), StepOf("b", "a"), StepOf("c", "b")] };

        var running = Task.Run(() => engine.StartAsync("run", plan));
        await CutOffTheBlockedAsync(options);
        var stopped = await running;

        Assert.Equal("SLW5114", Assert.Single(stopped.Problems).Code);
        await other!.DisposeAsync();
        Assert.True((await engine.ResumeAsync("run")).IsSuccess);
        // What "b" had done was not recorded, so that it is told again that it was interrupted; "a" was.
        Assert.Equal(["a", "b", "b", "c"], acted);
    }

    [Fact]
    public async Task OpenAsync_BadOptions_Throws()
    {
        var good = new PostgresStoreOptions { ConnectionString = "Host=/nonexistent" };
        foreach (var options in new[]
        {
            good with { ConnectionString = " " },
            good with { ConnectionString = "no such key=1" },
            good with { Schema = "" },
            good with { Schema = "1a" },
            good with { Schema = "a; DROP" },
            good with { Schema = new string('a', 51) },
            good with { ReconnectDelay = TimeSpan.Zero },
            good with { KeepAlive = TimeSpan.Zero },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => PostgresStore.OpenAsync(options));
        }
    }

    private static Step StepOf(string id, params string[] after) =>
        new() { Id = id, Agent = "agent", DependsOn = [.. after.Select(dependency => new StepDependency(dependency))] };

    private static async Task AppendAsync(PostgresStore store, string runId = "run")
    {
        var lease = await store.Journal.TryAcquireAsync(runId, "one", TimeSpan.FromMinutes(1));
        Assert.Equal(1, await store.Journal.AppendAsync(lease!, 0, OneEvent));
    }

    private static async Task<string> CodeOfOpeningAsync(PostgresStoreOptions options) =>
        (await Assert.ThrowsAsync<StorageException>(() => PostgresStore.OpenAsync(options))).Diagnostic.Code;

    private static string As(string database, string user, string password) =>
        new NpgsqlConnectionStringBuilder(database) { Username = user, Password = password }.ConnectionString;

    /// <summary>Holds the events so that every append waits, until the connection is disposed.</summary>
    private static async Task<NpgsqlConnection> BlockAsync(PostgresStoreOptions options)
    {
        var connection = new NpgsqlConnection($"{options.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {options.Schema}.events IN EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until somebody waits for the events, and cuts that connection.</summary>
    private static async Task CutOffTheBlockedAsync(PostgresStoreOptions options)
    {
        await using var connection = new NpgsqlConnection($"{options.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE relation = '{options.Schema}.events'::regclass AND NOT granted", connection);
        while (await command.ExecuteScalarAsync() is 0L) await Task.Yield();
    }
}
