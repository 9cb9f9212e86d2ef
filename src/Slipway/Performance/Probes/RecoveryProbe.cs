using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;
using Slipway.Coordination.Runs;

namespace Slipway.Performance.Probes;

/// <summary>Recovery: what a failure is, what to do about it, and how many steps are saved.</summary>
internal sealed class RecoveryProbe : IProbe
{
    private const string Operation = "Recovery analysis / decision / total";
    private const string Fallback = "fallback";

    private static readonly RecoveryPolicy Policy = RecoveryPolicy.Of(
        new RecoveryRule { Name = "again", Kinds = [FailureKind.Timeout], Priority = 8, Strategy = new RetryRecovery { MaxRetries = 2, Delay = TimeSpan.Zero } },
        new RecoveryRule { Name = "other-way", Pattern = "schema|template", Priority = 6, Strategy = new AlternativePath { Agent = Fallback } },
        new RecoveryRule { Name = "mend-input", Pattern = "syntax", Strategy = new ErrorCorrection { Agent = Fallback } },
        new RecoveryRule { Name = "do-without", Pattern = "optional", Priority = 1, Strategy = new GracefulDegradation() });

    // The last is one that no rule is for.
    private static readonly string[] Messages =
        ["the schema is not known", "the template is broken", "a syntax error in line 3", "an optional part is missing", "syntax of the header", "the disk is gone"];

    public string Group => "recovery";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("recovery-analysis", Operation, "an exception turned into a failure with its code and kind", 100, "ms"),
        new("recovery-decision", Operation, "the rule of four that is for a failure", 50, "ms"),
        new("recovery-total", Operation, "a run of one step that fails, takes another way and succeeds", 500, "ms"),
        new("recovery-share", Operation, "steps saved of 100 that fail in six ways, one of which no rule is for", 80, "%") { IsFloor = true, Statistic = Statistic.P50 },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (run.Wants("recovery-analysis"))
        {
            var exception = new TimeoutException("the model did not answer");
            run.Times("recovery-analysis", run.Each(run.Scale(10_000), _ => FailureClassifier.FromException(exception, "generator")));
        }

        if (run.Wants("recovery-decision"))
        {
            var failure = Failed(Messages[3]);
            run.Times("recovery-decision", run.Each(run.Scale(10_000), _ => RecoveryDecider.Decide(Policy, failure, [])));
        }

        if (run.Wants("recovery-total")) run.Times("recovery-total", await run.EachAsync(run.Scale(500), _ => RecoverAsync(run, steps: 1)));
        if (run.Wants("recovery-share")) run.Values("recovery-share", [await RecoverAsync(run, steps: 100)]);
    }

    private static async Task<int> RecoverAsync(ProbeRun run, int steps)
    {
        var agents = BenchPlans.Agents((context, _) => new ValueTask<StepOutcome>(
            // A step whose input was mended succeeds; the number of the step says how it fails.
            context.Attempt > 1 && context.Step.Agent == BenchPlans.Agent ? StepOutcome.Success : StepOutcome.Failed(Failed(Messages[MessageOf(context.StepId)]))));
        agents.Add(Fallback, new DelegateAgent(static (_, _) => new ValueTask<StepOutcome>(StepOutcome.Success)));
        var plan = BenchPlans.Levels(steps);
        plan = plan with { Steps = [.. plan.Steps.Select(step => step with { Recovery = Policy, Retry = RetryPolicy.None })] };
        var result = await new RunEngine(new InMemoryJournal(run.Time), agents).StartAsync("recovery", plan, run.CancellationToken);
        return result.Run!.Count(StepState.Succeeded);
    }

    private static int MessageOf(string stepId) => int.Parse(stepId.AsSpan(stepId.IndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture) % Messages.Length;

    private static Failure Failed(string message) => new() { Code = "SLW5103", Kind = FailureKind.Permanent, Message = message };
}
