using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>
/// A run of 30 steps whose process dies at each append in turn, before and after the append reaches the disk. Afterwards another process
/// resumes it: every effect happens, none that had succeeded happens twice, and the run ends as if nothing had been.
/// </summary>
public sealed class CrashTests
{
    private static readonly Plan ThirtySteps = PlanOf([.. Enumerable.Range(0, 30).Select(MakeStep)]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resume_AfterDeathAtEachAppend_EndsLikeAnUndisturbedRun(bool isWritten)
    {
        var undisturbed = new World();
        var expected = Describe((await undisturbed.RunAsync(int.MaxValue, isWritten)).Run!);
        var appends = undisturbed.LastAppends;
        Assert.True(appends > 20, $"Only {appends} appends.");

        for (var cutAt = 1; cutAt <= appends; cutAt++)
        {
            var world = new World();
            var cut = await world.RunAsync(cutAt, isWritten);
            if (world.LastAppends >= cutAt) Assert.Equal("SLW5114", Assert.Single(cut.Problems).Code);
            world.LeaseClock.Advance(TimeSpan.FromMinutes(1));
            var succeeded = await world.SucceededAsync();
            var callsBefore = world.Effects.ToDictionary(StringComparer.Ordinal);
            await world.AssertNothingHappenedUnrecordedAsync();

            var resumed = await world.ResumeAsync();

            Assert.Equal(expected, Describe(resumed.Run!));
            Assert.Equal(ThirtySteps.Steps.Select(step => step.Id).Where(id => id != "s29").Order(StringComparer.Ordinal), world.Effects.Keys.Order(StringComparer.Ordinal));
            foreach (var step in succeeded) Assert.Equal(callsBefore[step], world.Effects[step]);
        }
    }

    [Fact]
    public async Task Resume_DyingAgainAndAgain_StillEndsLikeAnUndisturbedRun()
    {
        var expected = Describe((await new World().RunAsync(int.MaxValue, isWritten: false)).Run!);
        var world = new World();
        var result = await world.RunAsync(2, isWritten: true);
        for (var deaths = 0; result.Problems.Count > 0; deaths++)
        {
            Assert.True(deaths < 100, "The run does not get on.");
            world.LeaseClock.Advance(TimeSpan.FromMinutes(1));
            result = await world.ResumeAsync(cutAt: 2, isWritten: true);
        }

        Assert.Equal(expected, Describe(result.Run!));
    }

    /// <summary>Layers of steps that depend on two of the layer before, share resources, and end in one that is skipped and one that it blocks.</summary>
    private static Step MakeStep(int number)
    {
        var dependencies = new List<StepDependency>();
        if (number >= 5) dependencies.Add($"s{number - 5:D2}");
        if (number >= 6 && number % 3 == 0) dependencies.Add($"s{number - 6:D2}");
        if (number == 29) dependencies.Add("s28");
        return new Step
        {
            Id = $"s{number:D2}",
            Agent = number == 28 ? "skip" : number % 4 == 0 ? "flaky" : "work",
            DependsOn = dependencies,
            Modifies = number % 7 == 0 ? ["shared"] : [],
            Retry = RetryPolicy.Default with { FirstDelay = TimeSpan.Zero },
        };
    }

    private static List<string> Describe(RunProjection run) =>
        [$"{run.Status}", .. run.Steps.Select(step => $"{step.Step.Id} {step.State} {step.Output} {step.Cause}")];

    private sealed class World
    {
        private readonly TestRun _test = new(new RunOptions { Parallelism = 4 });

        public World()
        {
            _test.With("work", context => Act(context));
            _test.With("skip", context =>
            {
                Effects.AddOrUpdate(context.StepId, 1, (_, count) => count + 1);
                return StepOutcome.Skipped("nothing to do");
            });
            _test.With("flaky", async (context, _) =>
            {
                await Task.Yield();
                return FailedOnce.TryAdd(context.StepId, value: true) ? StepOutcome.Failed(Transient) : Act(context);
            });
        }

        public Testing.Time.ManualTimeProvider LeaseClock => _test.LeaseClock;

        public ConcurrentDictionary<string, int> Effects { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> FailedOnce { get; } = new(StringComparer.Ordinal);

        public int LastAppends { get; private set; }

        public Task<RunResult> RunAsync(int cutAt, bool isWritten) => WithJournalAsync(cutAt, isWritten, engine => engine.StartAsync(Id, ThirtySteps));

        /// <summary>Resumes; where death came before the run's first event there is nothing to resume, and it starts anew.</summary>
        public Task<RunResult> ResumeAsync(int cutAt = int.MaxValue, bool isWritten = false) => WithJournalAsync(cutAt, isWritten, async engine =>
        {
            var result = await engine.ResumeAsync(Id);
            return result.Problems is [{ Code: "SLW5111" }] ? await engine.StartAsync(Id, ThirtySteps) : result;
        });

        public async Task<List<string>> SucceededAsync()
        {
            var run = await RunProjection.LoadAsync(_test.Journal, Id);
            return run is null ? [] : [.. run.Steps.Where(step => step.State is StepState.Succeeded).Select(step => step.Step.Id)];
        }

        /// <summary>Whatever an agent did, the start of its attempt was durable before.</summary>
        public async Task AssertNothingHappenedUnrecordedAsync()
        {
            var run = await RunProjection.LoadAsync(_test.Journal, Id);
            foreach (var (step, count) in Effects) Assert.True(count <= run?.Find(step)?.Attempt, $"'{step}' happened {count} times, but fewer attempts are recorded.");
        }

        private async Task<RunResult> WithJournalAsync(int cutAt, bool isWritten, Func<RunEngine, Task<RunResult>> act)
        {
            var journal = new CuttingJournal(_test.Journal, cutAt, isWritten);
            var result = await act(new RunEngine(journal, _test.Agents, _test.Options));
            LastAppends = journal.Appends;
            return result;
        }

        private StepOutcome Act(StepContext context)
        {
            Effects.AddOrUpdate(context.StepId, 1, (_, count) => count + 1);
            return StepOutcome.Succeeded(Json($$"""{"by":"{{context.StepId}}"}"""));
        }
    }
}
