using System.Globalization;
using Slipway.Benchmarks.Journal;
using Slipway.Benchmarks.Suites;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Performance.Probes;
using Slipway.Storage.Sqlite;

namespace Slipway.Benchmarks.Engine;

/// <summary>What the engine costs a step whose agent does nothing, in memory and on SQLite beside the bare commit rate of the same disk.</summary>
internal sealed class EngineSuite : ISuite
{
    private const int Repeats = 7;
    private const int InFlight = 64;
    private int _runs;

    public string Name => "engine";

    public async Task RunAsync(TextWriter output)
    {
        await MeasureMemoryAsync(output);
        await MeasureSqliteAsync(output);
    }

    private async Task MeasureMemoryAsync(TextWriter output)
    {
        var table = new ResultTable("Engine in memory, agents that do nothing", "plan", "steps", "µs a step, inline", "µs a step, on the pool", "bytes a step, inline");
        foreach (var (name, plan) in new[]
        {
            ("chain", BenchPlans.Chain(1_000)),
            ("chain", BenchPlans.Chain(100_000)),
            ("fan-out", BenchPlans.FanOut(1_000)),
            ("fan-out", BenchPlans.FanOut(100_000)),
            ("join", BenchPlans.Join(10_000)),
        })
        {
            var inline = await Samples.TakeAsync(Repeats, () => RunAsync(new InMemoryJournal(TimeProvider.System), plan, isInline: true));
            var pooled = await Samples.TakeAsync(Repeats, () => RunAsync(new InMemoryJournal(TimeProvider.System), plan, isInline: false));
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await RunAsync(new InMemoryJournal(TimeProvider.System), plan, isInline: true);
            var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / plan.Steps.Count;
            table.Add(name, Number(plan.Steps.Count), Micros(inline, plan), Micros(pooled, plan), Number(bytes));
        }

        table.Print(output);
    }

    private async Task MeasureSqliteAsync(TextWriter output)
    {
        const int Commits = 1_000;
        using var scratch = new ScratchDirectory();
        using var bare = new BareCommits(scratch.NewFile());
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = scratch.NewFile() }, TimeProvider.System);
        var plans = new[]
        {
            (Name: "serial chain", Plan: BenchPlans.Chain(1_000), IsInline: false),
            (Name: "serial chain, inline agent", Plan: BenchPlans.Chain(1_000), IsInline: true),
            (Name: "serial chain", Plan: BenchPlans.Chain(10_000), IsInline: false),
            (Name: "fan-out", Plan: BenchPlans.FanOut(10_000), IsInline: false),
            (Name: "join", Plan: BenchPlans.Join(10_000), IsInline: false),
        };
        var commits = new Samples();
        var samples = plans.Select(_ => new Samples()).ToArray();
        for (var repeat = -1; repeat < Repeats; repeat++)
        {
            // In turns, so that all see the same disk; the first round warms up and does not count.
            var isWarm = repeat >= 0;
            (isWarm ? commits : new Samples()).Add(() => bare.Commit(Commits));
            for (var plan = 0; plan < plans.Length; plan++)
                await (isWarm ? samples[plan] : new Samples()).AddAsync(() => RunAsync(journal, plans[plan].Plan, plans[plan].IsInline));
        }

        var basis = Commits / commits.Median.TotalSeconds;
        var table = new ResultTable($"Engine on SQLite, synchronous=FULL, {InFlight} in flight", "plan", "steps", "steps per second", "µs a step", "of bare commits");
        table.Add("bare commits", Number(Commits), Number(basis), (1e6 / basis).ToString("N1", CultureInfo.InvariantCulture), "1.00");
        for (var plan = 0; plan < plans.Length; plan++)
        {
            var rate = plans[plan].Plan.Steps.Count / samples[plan].Median.TotalSeconds;
            table.Add(
                plans[plan].Name, Number(plans[plan].Plan.Steps.Count), Number(rate), Micros(samples[plan], plans[plan].Plan),
                (rate / basis).ToString("N2", CultureInfo.InvariantCulture));
        }

        table.Print(output);
    }

    private async Task RunAsync(IRunJournal journal, Plan plan, bool isInline)
    {
        var agent = new DelegateAgent(static (_, _) => new ValueTask<StepOutcome>(StepOutcome.Success), isInline);
        var engine = new RunEngine(journal, new AgentRegistry { { BenchPlans.Agent, agent } }, new RunOptions { Parallelism = InFlight });
        var result = await engine.StartAsync($"run-{++_runs}", plan);
        if (!result.IsSuccess) throw new InvalidOperationException($"The run ended as {result.Status}: {string.Join("; ", result.Problems)}");
    }

    private static string Micros(Samples samples, Plan plan) =>
        (samples.Median.TotalMicroseconds / plan.Steps.Count).ToString("N2", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
