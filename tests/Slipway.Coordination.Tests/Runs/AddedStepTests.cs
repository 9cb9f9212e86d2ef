using Slipway.Coordination.Agents;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>An agent finds out what there is to do and puts it below its own step.</summary>
public sealed class AddedStepTests
{
    [Fact]
    public async Task Added_FanOut_RunsAfterTheStepAndBeforeWhatDependsOnIt()
    {
        var test = new TestRun().With("number", context => StepOutcome.Succeeded(Json($"\"{context.StepId}\"")));
        test.With("split", async (context, _) =>
        {
            Assert.Empty(await context.AddStepsAsync([.. Enumerable.Range(0, 5).Select(i => StepOf($"split/{i}", "number"))]));
            return StepOutcome.Success;
        });
        string? joined = null;
        test.With("join", context =>
        {
            joined = string.Join(' ', context.Step.DependsOn.Where(dependency => dependency.StepId != "split").Select(dependency => context.OutputOf(dependency.StepId)!.Value.GetString()));
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("split", "split"), StepOf("join", "join", "split"));

        Assert.True(result.IsSuccess);
        Assert.Equal("split/0 split/1 split/2 split/3 split/4", joined);
        Assert.Equal(["split", "join"], test.Calls.Where((_, i) => i is 0 or 6));
        Assert.Equal(7, result.Run!.Plan.Steps.Count);
        Assert.Equal("split", result.Run.AddedBy("split/3"));
    }

    [Fact]
    public async Task Added_ChainOfSteps_KeepsItsOrderAndOnlyItsLastIsJoined()
    {
        var test = Adding(StepOf("b", "ok", "a"), StepOf("a"));

        var result = await test.StartAsync(StepOf("s", "add"), StepOf("after", "ok", "s"));

        Assert.Equal(["s"], result.Run!["a"].Step.DependsOn.Select(dependency => dependency.StepId));
        Assert.Equal(["s", "b"], result.Run["after"].Step.DependsOn.Select(dependency => dependency.StepId));
        Assert.Equal(["s", "a", "b", "after"], Starts(await test.EventsAsync()));
    }

    [Fact]
    public async Task Added_NotBeforeDependents_LeavesThemAsTheyWere()
    {
        var test = new TestRun();
        test.With("add", async (context, _) =>
        {
            await context.AddStepsAsync([StepOf("x")], isBeforeDependents: false);
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("s", "add"), StepOf("after", "ok", "s"));

        Assert.True(result.IsSuccess);
        Assert.Equal(["s"], result.Run!["after"].Step.DependsOn.Select(dependency => dependency.StepId));
    }

    [Fact]
    public async Task Added_ByAddedSteps_GrowsAsDeepAsItGoes()
    {
        var test = new TestRun();
        test.With("deeper", async (context, _) =>
        {
            if (context.StepId.Length < 20) Assert.Empty(await context.AddStepsAsync([StepOf(context.StepId + "x", "deeper")]));
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("x", "deeper"), StepOf("end", "ok", "x"));

        Assert.True(result.IsSuccess);
        Assert.Equal(21, result.Run!.Steps.Count);
        Assert.Equal("end", Starts(await test.EventsAsync())[^1]);
    }

    [Fact]
    public async Task Added_ThenTheStepFails_AreBlocked()
    {
        var test = new TestRun();
        test.With("add", async (context, _) =>
        {
            await context.AddStepsAsync([StepOf("x"), StepOf("y", "ok", "x")]);
            return StepOutcome.Failed(Permanent);
        });

        var result = await test.StartAsync(StepOf("s", "add"), StepOf("after", "ok", "s"));

        Assert.All(["x", "y", "after"], id => Assert.Equal((StepState.Blocked, "s"), (result.Run![id].State, result.Run[id].Cause)));
    }

    [Fact]
    public async Task Added_AgainByTheNextAttempt_ChangesNothing()
    {
        var test = new TestRun();
        test.With("add", async (context, _) =>
        {
            Assert.Empty(await context.AddStepsAsync([StepOf("x"), StepOf("y", "ok", "x")]));
            return context.Attempt == 1 ? StepOutcome.Failed(Transient) : StepOutcome.Success;
        });

        var result = await test.ToEndAsync(test.StartAsync(StepOf("s", "add")));

        Assert.True(result.IsSuccess);
        Assert.Single((await test.EventsAsync()).OfType<StepsAdded>());
    }

    [Fact]
    public async Task Resume_AfterStepsWereAdded_KnowsThem()
    {
        var test = new TestRun();
        await test.WriteAsync(
            new RunStarted(Id, PlanOf(StepOf("s", "add"), StepOf("after", "ok", "s"))),
            new StepStarted("s", 1),
            new StepsAdded("s", 1, [StepOf("x", "ok", "s"), StepOf("y", "ok", "x")], ["after"]));
        test.With("add", async (context, _) =>
        {
            Assert.Empty(await context.AddStepsAsync([StepOf("x"), StepOf("y", "ok", "x"), StepOf("z")]));
            return StepOutcome.Success;
        });

        var result = await test.Engine.ResumeAsync(Id);

        Assert.True(result.IsSuccess);
        Assert.Equal(["s", "y", "z"], result.Run!["after"].Step.DependsOn.Select(dependency => dependency.StepId));
        Assert.Equal(["z"], (await test.EventsAsync()).OfType<StepsAdded>().Last().Steps.Select(step => step.Id));
    }

    [Theory]
    [InlineData("after", "ok", "", "SLW5012")]
    [InlineData("x", "ok", "other", "SLW5013")]
    [InlineData("x", "ok", "nowhere", "SLW5002")]
    [InlineData("x", "nobody", "", "SLW5004")]
    [InlineData("x", "ok", "x", "SLW5003")]
    [InlineData("", "ok", "", "SLW5005")]
    public async Task Added_Wrongly_IsRefusedAndNothingIsAdded(string id, string agent, string dependency, string code)
    {
        var problems = new List<Diagnostic>();
        var test = new TestRun();
        test.With("add", async (context, _) =>
        {
            problems.AddRange(await context.AddStepsAsync([StepOf("fine"), StepOf(id, agent, dependency.Length == 0 ? [] : [dependency])]));
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("s", "add"), StepOf("after", "ok", "s"), StepOf("other"));

        Assert.Equal(code, Assert.Single(problems).Code);
        Assert.True(result.IsSuccess);
        Assert.Equal(3, result.Run!.Steps.Count);
    }

    [Fact]
    public async Task Added_AfterTheAttemptIsOver_IsRefused()
    {
        StepContext? kept = null;
        var end = new TaskCompletionSource<StepOutcome>();
        var test = new TestRun().With("keep", context =>
        {
            kept = context;
            return StepOutcome.Success;
        }).With("slow", (_, _) => new ValueTask<StepOutcome>(end.Task));
        var run = test.StartAsync(StepOf("a", "keep"), StepOf("b", "slow", "a"));
        await test.UntilAsync(() => test.Calls.Count == 2);

        await Assert.ThrowsAsync<OperationCanceledException>(() => kept!.AddStepsAsync([StepOf("x")]));
        end.SetResult(StepOutcome.Success);
        Assert.True((await run).IsSuccess);
        await Assert.ThrowsAsync<OperationCanceledException>(() => kept!.AddStepsAsync([StepOf("x")]));
    }

    private static TestRun Adding(params Step[] steps)
    {
        var test = new TestRun();
        return test.With("add", async (context, _) =>
        {
            Assert.Empty(await context.AddStepsAsync(steps));
            return StepOutcome.Success;
        });
    }

    private static List<string> Starts(List<RunEvent> events) => [.. events.OfType<StepStarted>().Select(started => started.StepId)];
}
