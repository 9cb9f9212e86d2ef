using Slipway.Coordination.Runs;

namespace Slipway.Performance.Probes;

/// <summary>Durable runs on PostgreSQL, where a server is named.</summary>
internal sealed class PostgresProbe(IDurableBackend? backend) : IProbe
{
    private const int Branches = 10_000;
    private const int Runs = 50;
    private const int StepsOfRun = 10;

    public string Group => "postgres";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("postgres-chain", "durable step, PostgreSQL: one run at least 0.6 of bare serial commits", "the steps of a serial chain for each bare commit beside it", 0.6, "x")
        {
            Source = TargetSource.Goal, IsFloor = true, Statistic = Statistic.P50,
        },
        new("postgres-runs", "50 runs of 10 steps at least 10,000 steps a second", "the steps a second of 50 runs of 10 steps at once", 10_000, "/s")
        {
            Source = TargetSource.Goal, IsFloor = true, Statistic = Statistic.P50,
        },
        new("postgres-join", "a join of 10,000 branches works on every store", "steps that succeeded on PostgreSQL", Branches + 1, "steps") { Source = TargetSource.Goal, IsFloor = true },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (backend is null)
        {
            run.CannotMeasure("no server was named: --postgres");
            return;
        }

        await using var store = await backend.CreateAsync(run.CancellationToken);
        if (run.Wants("postgres-chain"))
        {
            var (shares, note) = await DurableRuns.ChainShareAsync(run, store);
            run.Values("postgres-chain", shares, note);
        }

        if (run.Wants("postgres-runs"))
        {
            var plan = BenchPlans.Chain(StepsOfRun);
            var round = 0;
            var seconds = await run.EachAsync(run.Scale(20), async _ =>
            {
                var prefix = $"many-{++round}";
                var engine = new RunEngine(store.Journal, BenchPlans.IdleAgents(isInline: false));
                await Task.WhenAll(Enumerable.Range(0, Runs).Select(number => Task.Run(() => engine.StartAsync($"{prefix}-{number}", plan, run.CancellationToken))));
            });
            run.Values("postgres-runs", [.. seconds.Select(value => Runs * StepsOfRun / value)]);
        }

        if (run.Wants("postgres-join")) run.Values("postgres-join", [await DurableRuns.RunAsync(run, store.Journal, "join", BenchPlans.Join(Branches), inFlight: 64)]);
    }
}
