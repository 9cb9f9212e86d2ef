namespace Slipway.Performance.Probes;

/// <summary>The pipeline of six stages: parse, models, validators, tests, quality, package.</summary>
internal sealed class PipelineProbe : IProbe
{
    private const string Operation = "Full 6-stage pipeline";
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(20);

    // Parse, models, validators, tests, quality, package.
    private static readonly int[] Stages = [1, 5, 5, 5, 3, 1];

    public string Group => "pipeline";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("pipeline-time", Operation, "six stages of 1, 5, 5, 5, 3 and 1 waits of 20 ms", 5, "s"),
        new("pipeline-speedup", Operation, "the same one after the other, as compared with stage by stage", 2.25, "x") { IsFloor = true, Statistic = Statistic.P50 },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        var (seconds, gains) = await SpeedUp.MeasureAsync(run, BenchPlans.Levels(Stages), Work);
        run.Times("pipeline-time", seconds);
        run.Values("pipeline-speedup", gains);
    }
}
