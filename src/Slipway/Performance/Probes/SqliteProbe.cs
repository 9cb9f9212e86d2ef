namespace Slipway.Performance.Probes;

/// <summary>Durable runs on SQLite, every commit synced to the disk.</summary>
internal sealed class SqliteProbe(IDurableBackend? backend) : IProbe
{
    private const int Branches = 10_000;

    public string Group => "sqlite";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("sqlite-chain", "durable step, SQLite with synchronous=FULL: at least 0.8 of the bare commit rate", "the steps of a serial chain for each bare commit beside it", 0.8, "x")
        {
            Source = TargetSource.Goal, IsFloor = true, Statistic = Statistic.P50,
        },
        new("sqlite-in-flight", "with 64 steps in flight at least 20,000 steps a second", "the steps a second of a fan-out, 64 in flight", 20_000, "/s")
        {
            Source = TargetSource.Goal, IsFloor = true, Statistic = Statistic.P50,
        },
        new("sqlite-join", "a join of 10,000 branches works on every store", "steps that succeeded on SQLite", Branches + 1, "steps") { Source = TargetSource.Goal, IsFloor = true },
        new("sqlite-growth", "storage grows linearly (bytes per step stated)", "bytes a step of a chain four times as long, as compared with the short one", 1.2, "x") { Source = TargetSource.Goal },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (backend is null)
        {
            run.CannotMeasure("there is no place for a journal");
            return;
        }

        await using (var store = await backend.CreateAsync(run.CancellationToken))
        {
            if (run.Wants("sqlite-chain"))
            {
                var (shares, note) = await DurableRuns.ChainShareAsync(run, store);
                run.Values("sqlite-chain", shares, note);
            }

            if (run.Wants("sqlite-in-flight")) run.Values("sqlite-in-flight", await DurableRuns.RatesAsync(run, store, run.Scale(20_000), inFlight: 64));
            if (run.Wants("sqlite-join")) run.Values("sqlite-join", [await DurableRuns.RunAsync(run, store.Journal, "join", BenchPlans.Join(Branches), inFlight: 64)]);
        }

        if (run.Wants("sqlite-growth"))
        {
            var (few, many) = (run.Scale(2_000), run.Scale(8_000));
            if (await SizeOfAStepAsync(run, backend, few) is { } small && await SizeOfAStepAsync(run, backend, many) is { } large)
                run.Values("sqlite-growth", [large / small], FormattableString.Invariant($"{small:N0} bytes a step of {few:N0}, {large:N0} of {many:N0}"));
            else run.Fail("the size of the journal is not known");
        }
    }

    private static async Task<double?> SizeOfAStepAsync(ProbeRun run, IDurableBackend backend, int steps)
    {
        await using var store = await backend.CreateAsync(run.CancellationToken);
        var empty = await store.MeasureSizeAsync(run.CancellationToken);
        await DurableRuns.RunAsync(run, store.Journal, "size", BenchPlans.FanOut(steps), inFlight: 64);
        var full = await store.MeasureSizeAsync(run.CancellationToken);
        return (full - empty) / (double)steps;
    }
}
