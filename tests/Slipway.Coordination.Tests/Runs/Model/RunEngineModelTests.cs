using System.Globalization;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>
/// The whole engine beside a sequential model: random graphs, agents, people, resources, recoveries, deaths, pauses, cancellations and jumps
/// of the clock. <c>SLIPWAY_PROPERTY_SEED</c> and <c>SLIPWAY_PROPERTY_CASES</c> choose other scenarios.
/// </summary>
public sealed class RunEngineModelTests
{
    private const int MostShrinks = 200;

    [Fact]
    public async Task Run_AnyScenario_EndsAsTheModelSays()
    {
        var seed = Setting("SLIPWAY_PROPERTY_SEED", 20260102);
        var cases = Setting("SLIPWAY_PROPERTY_CASES", 10_000);
        for (var i = 0; i < cases; i++)
        {
            var scenario = ModelScenario.Generate(seed + i);
            if (await FindFaultAsync(scenario) is not { } fault) continue;
            (scenario, fault) = await ShrinkAsync(scenario, fault);
            Assert.Fail($"SLIPWAY_PROPERTY_SEED={seed + i} SLIPWAY_PROPERTY_CASES=1 breaks; shrunk:{Environment.NewLine}{scenario}{Environment.NewLine}{fault}");
        }
    }

    private static async Task<(ModelScenario, string)> ShrinkAsync(ModelScenario scenario, string fault)
    {
        var tries = 0;
        while (true)
        {
            var smaller = scenario;
            foreach (var candidate in scenario.Shrink())
            {
                if (++tries > MostShrinks) return (scenario, fault);
                if (await FindFaultAsync(candidate) is not { } other) continue;
                (smaller, fault) = (candidate, other);
                break;
            }

            if (ReferenceEquals(smaller, scenario)) return (scenario, fault);
            scenario = smaller;
        }
    }

    private static async Task<string?> FindFaultAsync(ModelScenario scenario)
    {
        var world = new ModelWorld(scenario);
        try
        {
            await world.RunAsync();
            Assert.Null(world.Fault);
            foreach (var end in world.Ends) CheckEnd(scenario, end);
            await CheckOthersAsync(scenario, world);
            return null;
        }
        catch (Exception exception)
        {
            return $"{exception.Message}{Environment.NewLine}{string.Join(Environment.NewLine, await world.EventsAsync())}";
        }
    }

    private static void CheckEnd(ModelScenario scenario, ModelEnd end)
    {
        var rules = JournalRules.Check(end.Events, scenario.Parallelism);
        var run = Fold(end.Events);
        var ends = SequentialModel.EndsOf(scenario, rules.IsHalted, end.IsCancelled, rules.IsOverdue, rules.IsReopened);
        Assert.False(rules.IsOverdue && scenario.Deadline is null);
        foreach (var step in run.Steps) CheckStep(run, step, ends[step.Step.Id]);
        Assert.All(scenario.Steps.Where(step => step.Act is Act.Add && run[step.Id].State is StepState.Succeeded), step => Assert.NotNull(run.Find(step.AddedId)));
        if (run.Status is RunStatus.Cancelled) Assert.True(end.IsCancelled);
        else Assert.Equal(StatusOf(run.Steps), run.Status);
        // Two attempts of a second each, with a wait of about one between them, are all that two and a half allow.
        if (scenario.Lives.Count == 0 && !rules.IsReopened)
            Assert.All(scenario.Steps.Where(step => step is { Act: Act.Hang, Limit: Limit.AttemptAndTotal }), step => Assert.InRange(run[step.Id].Attempt, 0, 2));
    }

    /// <summary>The runs beside it, below it, and the one that undoes it.</summary>
    private static async Task CheckOthersAsync(ModelScenario scenario, ModelWorld world)
    {
        foreach (var id in await world.RunIdsAsync()) JournalRules.Check(await world.EventsAsync(id), scenario.Parallelism);
        for (var sibling = 0; sibling < scenario.Siblings.Count; sibling++)
            Assert.Equal(RunStatus.Succeeded, Fold(await world.EventsAsync(ModelWorld.SiblingId(sibling))).Status);
        var run = Fold(await world.EventsAsync());
        foreach (var step in run.Steps.Where(step => step.Step.Agent == ModelStep.NameOf(Act.Descend) && step.State is StepState.Succeeded))
        {
            foreach (var id in step.SubRuns) Assert.Equal(RunStatus.Succeeded, Fold(await world.EventsAsync(id)).Status);
        }


        if (scenario.IsRolledBack && world.Ends.Count > 0 && run.RollbackRunId is { } undo)
            RollbackRules.Check(scenario, Fold(world.Ends[^1].Events), run, await world.EventsAsync(undo));
    }

    private static RunProjection Fold(IReadOnlyList<RunEvent> events)
    {
        var run = new RunProjection((RunStarted)events[0], default);
        for (var i = 1; i < events.Count; i++) run.Apply(new JournalEntry(i + 1, default, events[i]));
        return run;
    }

    private static void CheckStep(RunProjection run, StepRecord step, HashSet<StepState> ends)
    {
        Assert.True(ends.Contains(step.State), $"{step.Step.Id} ended {step.State}; the model allows {string.Join(", ", ends)}");
        var isOpenBefore = step.Step.DependsOn.Any(dependency => !dependency.IsOptional && run[dependency.StepId].State is not StepState.Succeeded);
        if (step.State is StepState.Cancelled) return;
        Assert.True(isOpenBefore == step.State is StepState.Blocked, $"{step.Step.Id} is {step.State}, but what it needs says otherwise");
    }

    private static RunStatus StatusOf(IReadOnlyList<StepRecord> steps)
    {
        var lost = steps.Where(step => step.State is not (StepState.Succeeded or StepState.Skipped)).ToList();
        var isFailed = lost.Any(step => step.Step.Criticality is Criticality.Critical ||
            (step.Step.Criticality is Criticality.Normal && step.State is StepState.Failed or StepState.TimedOut));
        return isFailed ? RunStatus.Failed : lost.Count > 0 || steps.Any(step => step.IsDegraded) ? RunStatus.PartiallySucceeded : RunStatus.Succeeded;
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : usual;
}
