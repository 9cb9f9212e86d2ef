namespace Slipway.Performance.Probes;

/// <summary>A run whose process is killed on the way, as by <c>kill -9</c>, and that another process goes on with.</summary>
internal sealed class RestartProbe(IRestartBackend? backend) : IProbe
{
    private const int Steps = 1_000;
    private const int Rounds = 7;
    private const string Operation = "resumed and working within 0.5 s of process start after kill -9 of a run of 1,000 steps";

    public string Group => "restart";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("restart-resume", Operation, "from starting the program again, killed at about its 500th step, to the first new step that is durable", 0.5, "s")
        {
            Source = TargetSource.Goal, Statistic = Statistic.P50,
        },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (backend is null)
        {
            run.CannotMeasure("the program does not know how it was called");
            return;
        }

        var figures = new List<RestartFigures>();
        for (var round = 0; round < (run.IsQuick ? 1 : Rounds); round++) figures.Add(await backend.KillAndResumeAsync(Steps, run.CancellationToken));
        var toEnd = figures.Select(figure => figure.ToEnd.TotalSeconds).Order().ElementAt(figures.Count / 2);
        run.Times(
            "restart-resume",
            figures.ConvertAll(figure => figure.ToFirstStep.TotalSeconds),
            FormattableString.Invariant($"killed after {figures.Min(figure => figure.StepsBefore)} to {figures.Max(figure => figure.StepsBefore)} steps; {toEnd:0.00} s to the end; nothing was done twice"));
    }
}
