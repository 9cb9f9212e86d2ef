using System.Globalization;
using Slipway.Benchmarks.Suites;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Runs;
using Slipway.Performance.Probes;
using Slipway.Storage.Postgres;
using Slipway.Testing.Postgres;

namespace Slipway.Benchmarks.Journal;

/// <summary>Appends to the PostgreSQL journal, and runs on it, beside the bare commit rate of the same server, taken in turns.</summary>
internal sealed class PostgresJournalSuite : ISuite
{
    private const int Repeats = 7;
    private const int SerialSteps = 1_500;
    private const int ConcurrentSteps = 20_000;
    private const int InFlight = 64;
    private const int Runs = 50;
    private const int StepsOfRun = 10;

    public string Name => "postgres";

    public async Task RunAsync(TextWriter output)
    {
        if (PostgresServer.FindPrograms() is null)
        {
            await output.WriteLineAsync("PostgreSQL is not installed, so nothing was measured on it.\n");
            return;
        }

        await using var server = await PostgresServer.StartAsync(isDurable: true);
        await using var bare = await BarePostgresCommits.OpenAsync(server.ConnectionStringTo("postgres"));
        await using var store = await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = server.ConnectionStringTo("postgres") });
        var (commits, serial, concurrent, runs) = (new Samples(), new Samples(), new Samples(), new Samples());
        for (var repeat = -1; repeat < Repeats; repeat++)
        {
            // The first round warms up and does not count.
            var isWarm = repeat >= 0;
            await (isWarm ? commits : new Samples()).AddAsync(() => bare.CommitAsync(SerialSteps));
            await (isWarm ? serial : new Samples()).AddAsync(() => JournalWork.AppendSeriallyAsync(store.Journal, $"serial-{repeat}", SerialSteps));
            await (isWarm ? concurrent : new Samples()).AddAsync(
                () => JournalWork.AppendConcurrentlyAsync(store.Journal, $"concurrent-{repeat}", ConcurrentSteps, InFlight));
            await (isWarm ? runs : new Samples()).AddAsync(() => RunManyAsync(store, $"many-{repeat}"));
        }

        var table = new ResultTable("PostgreSQL: a step is two events, its success and the next start", "what", "per second", "µs each", "of bare commits");
        var basis = SerialSteps / commits.Median.TotalSeconds;
        Row("bare commits, one insert each, Npgsql", SerialSteps, commits);
        Row("serial chain, one append a step", SerialSteps, serial);
        Row($"{InFlight} steps in flight", ConcurrentSteps, concurrent);
        Row($"engine, {Runs} runs of {StepsOfRun} steps at once", Runs * StepsOfRun, runs);
        table.Print(output);

        void Row(string what, int count, Samples samples)
        {
            var rate = count / samples.Median.TotalSeconds;
            table.Add(what, rate.ToString("N0", CultureInfo.InvariantCulture), (1e6 / rate).ToString("N1", CultureInfo.InvariantCulture), (rate / basis).ToString("N2", CultureInfo.InvariantCulture));
        }
    }

    private static Task RunManyAsync(PostgresStore store, string prefix)
    {
        var plan = BenchPlans.Chain(StepsOfRun);
        var agent = new DelegateAgent(static (_, _) => new ValueTask<StepOutcome>(StepOutcome.Success));
        var engine = new RunEngine(store.Journal, new AgentRegistry { { BenchPlans.Agent, agent } }, new RunOptions());
        return Task.WhenAll(Enumerable.Range(0, Runs).Select(run => Task.Run(() => engine.StartAsync($"{prefix}-{run}", plan))));
    }
}
