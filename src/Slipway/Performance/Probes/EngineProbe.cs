using System.Globalization;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Performance.Probes;

/// <summary>What the engine costs a step in memory whose agent does nothing.</summary>
internal sealed class EngineProbe : IProbe
{
    private const string Operation = "engine step, in memory: under 5 µs and under 600 bytes allocated, for chains and fan-outs of 1,000 and 100,000";
    private const int InFlight = 64;
    private const int Branches = 10_000;

    private static readonly (string Shape, int Steps, Func<int, Plan> Create)[] Plans =
        [("chain", 1_000, BenchPlans.Chain), ("chain", 100_000, BenchPlans.Chain), ("fan-out", 1_000, BenchPlans.FanOut), ("fan-out", 100_000, BenchPlans.FanOut)];

    public string Group => "engine";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        .. Plans.SelectMany(plan => new BenchTarget[]
        {
            new(TimeOf(plan.Shape, plan.Steps), Operation, $"a step of a {Named(plan.Shape, plan.Steps)}, the whole run with its check", 5, "µs")
            {
                Source = TargetSource.Goal, Statistic = Statistic.P50,
            },
            new(BytesOf(plan.Shape, plan.Steps), Operation, $"allocated for a step of a {Named(plan.Shape, plan.Steps)}", 600, "bytes")
            {
                Source = TargetSource.Goal, Statistic = Statistic.P50,
            },
        }),
        new("engine-join", "a join of 10,000 branches works on every store", "steps that succeeded in memory", Branches + 1, "steps") { Source = TargetSource.Goal, IsFloor = true },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        foreach (var (shape, steps, create) in Plans)
        {
            if (!run.Wants(TimeOf(shape, steps), BytesOf(shape, steps))) continue;
            var plan = create(steps);
            var (seconds, bytes) = (new List<double>(), new List<double>());
            await run.SampleAsync(run.Scale(100), async round =>
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var begun = run.Now;
                await RunAsync(run, plan);
                var duration = run.SecondsSince(begun);
                if (round < 0) return duration;
                seconds.Add(duration / steps);
                bytes.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)steps);
                return duration;
            });
            run.Times(TimeOf(shape, steps), seconds);
            run.Values(BytesOf(shape, steps), bytes);
        }

        if (run.Wants("engine-join")) run.Values("engine-join", [await RunAsync(run, BenchPlans.Join(Branches))]);
    }

    private static Task<int> RunAsync(ProbeRun run, Plan plan) =>
        BenchPlans.RunAsync(new InMemoryJournal(run.Time), BenchPlans.IdleAgents(isInline: true), "engine", plan, InFlight, run.CancellationToken);

    private static string TimeOf(string shape, int steps) => $"engine-{shape}-{steps / 1_000}k-time";

    private static string BytesOf(string shape, int steps) => $"engine-{shape}-{steps / 1_000}k-bytes";

    private static string Named(string shape, int steps) => string.Create(CultureInfo.InvariantCulture, $"{shape} of {steps:N0}");
}
