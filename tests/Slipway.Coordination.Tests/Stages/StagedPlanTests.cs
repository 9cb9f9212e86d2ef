using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Stages;
using Slipway.Coordination.Tests.Runs;

namespace Slipway.Coordination.Tests.Stages;

public sealed class StagedPlanTests
{
    [Fact]
    public void Create_Stages_EveryStepWaitsForAllOfTheStageBefore()
    {
        var plan = StagedPlan.Create("code", [StageOf("parse", "a", "b"), new Stage("models", []), StageOf("tests", "a", "c")]);

        Assert.Equal(["parse/a", "parse/b", "tests/a", "tests/c"], plan.Steps.Select(step => step.Id));
        Assert.Equal(["", "", "parse/a,parse/b", "parse/a,parse/b"], plan.Steps.Select(Dependencies));
        Assert.Empty(PlanValidator.Check(plan).Problems);
    }

    [Fact]
    public void Create_DependenciesOfAStep_AreKeptWithoutNamingOneTwice()
    {
        var plan = StagedPlan.Create("code",
        [
            StageOf("one", "a", "b"),
            new Stage("two", [TestRun.StepOf("a"), TestRun.StepOf("b", "ok", "a", StepDependency.Optional("one/a"))]),
        ]);

        Assert.Equal("two/a,one/a?,one/b", Dependencies(plan.Steps[3]));
    }

    [Fact]
    public void Create_StepsThatSayNothing_GetTwoRetriesAndFiveMinutes()
    {
        Stage[] stages = [new Stage("one", [TestRun.StepOf("a"), TestRun.StepOf("b") with { Retry = RetryPolicy.None, Timeouts = new StepTimeouts { Heartbeat = TimeSpan.FromSeconds(1) } }])];

        var steps = StagedPlan.Create("code", stages).Steps;
        Assert.Equal((2, TimeSpan.FromSeconds(300)), (steps[0].Retry.MaxRetries, steps[0].Timeouts.Attempt));
        Assert.Equal((0, null), (steps[1].Retry.MaxRetries, steps[1].Timeouts.Attempt));
        var left = StagedPlan.Create("code", stages, new StagedPlanOptions { Retry = null, StepTimeout = null }).Steps[0];
        Assert.Equal((3, null), (left.Retry.MaxRetries, left.Timeouts.Attempt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("one")]
    public void Create_UnusableStageName_IsMisuse(string name) =>
        Assert.Throws<ArgumentException>(() => StagedPlan.Create("code", [StageOf("one", "a"), StageOf(name, "a")]));

    [Fact]
    public void CodeGenerationStages_Preset_AreTheContractsSix() =>
        Assert.Equal("parse models validators tests quality package", string.Join(' ', StagedPlan.CodeGenerationStages));

    [Fact]
    public async Task Summary_OfARun_MeasuresStagesAndSpeedUp()
    {
        var run = new TestRun();
        var waiting = 0;
        run.With("work", async (_, token) =>
        {
            var work = Task.Delay(TimeSpan.FromSeconds(2), run.Clock, token);
            Interlocked.Increment(ref waiting);
            await work;
            return StepOutcome.Success;
        });
        var plan = StagedPlan.Create("code", [new Stage("one", [Work("a"), Work("b"), Work("c")]), new Stage("two", [Work("a")])], new StagedPlanOptions { StepTimeout = null });

        var end = run.Engine.StartAsync(TestRun.Id, plan);
        foreach (var begun in new[] { 3, 4 })
        {
            await run.UntilAsync(() => Volatile.Read(ref waiting) == begun);
            run.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        var result = await end;

        var summary = StagedRunSummary.Of(result.Run!);
        Assert.Equal(["one 3/3 2s 6s 3", "two 1/1 2s 2s 1"], summary.Stages.Select(stage => $"{stage.Name} {stage.Succeeded}/{stage.Steps} {stage.Elapsed.TotalSeconds}s {stage.Work.TotalSeconds}s {stage.SpeedUp}"));
        Assert.Equal((4d, 8d, 2d), (summary.Elapsed.TotalSeconds, summary.Work.TotalSeconds, summary.SpeedUp));
    }

    [Fact]
    public void Summary_OfARunThatDidNothing_IsZeroAtSpeedOne()
    {
        var run = new RunProjection(new RunStarted("run", StagedPlan.Create("code", [StageOf("one", "a")])), DateTimeOffset.UnixEpoch);

        var summary = StagedRunSummary.Of(run);
        Assert.Equal((TimeSpan.Zero, 1d), (summary.Elapsed, summary.SpeedUp));
    }

    private static Step Work(string id) => TestRun.StepOf(id, "work");

    private static Stage StageOf(string name, params string[] ids) => new(name, [.. ids.Select(id => TestRun.StepOf(id))]);

    private static string Dependencies(Step step) => string.Join(',', step.DependsOn.Select(dependency => dependency.StepId + (dependency.IsOptional ? "?" : "")));
}
