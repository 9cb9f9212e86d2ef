using System.Text;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>A step runs a plan below itself: a run of its own, resumed with the step and cancelled with it.</summary>
public sealed class SubRunTests
{
    private const string ChildId = "run-1/s/plan";

    [Fact]
    public async Task SubRun_OfAPlan_IsARunOfItsOwnThatKnowsItsStep()
    {
        var test = new TestRun().With("number", _ => StepOutcome.Succeeded(Json("7")));
        test.Agents.Add("sub", new SubRunAgent());

        var result = await test.StartAsync(Below("s", PlanOf(StepOf("a", "number"), StepOf("b", "ok", "a"))));

        Assert.True(result.IsSuccess);
        Assert.Equal([ChildId], result.Run!["s"].SubRuns);
        Assert.Equal("""{"run":"run-1/s/plan","status":"succeeded","outputs":{"a":7}}""", result.Run["s"].Output.GetRawText());
        Assert.Equal(new ParentStep(Id, "s"), (await LoadAsync(test, ChildId)).Started.Parent);
    }

    [Fact]
    public async Task SubRun_WithOneSlotForAll_TakesTheSlotOfItsStep()
    {
        var test = new TestRun(new RunOptions { EngineParallelism = 1, Parallelism = 1 });
        test.Agents.Register(new AgentDescriptor { Name = "sub", MaxConcurrency = 1 }, new SubRunAgent());

        var result = await test.StartAsync(
            Below("s", PlanOf(Below("inner", PlanOf(StepOf("x"), StepOf("y"))), StepOf("z"))),
            Below("t", PlanOf(StepOf("x"))),
            StepOf("u"));

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task SubRun_ThatFails_FailsItsStepAndIsTakenUpAgainAtResume()
    {
        var isMended = false;
        var test = new TestRun().With("work", context => context.StepId == "b" && !isMended ? StepOutcome.Failed(Permanent) : StepOutcome.Success);
        test.Agents.Add("sub", new SubRunAgent());

        var failed = await test.StartAsync(Below("s", PlanOf(StepOf("a", "work"), StepOf("b", "work", "a"))));
        Assert.Equal("SLW5014", failed.Run!["s"].Failure!.Code);
        isMended = true;

        Assert.True((await test.Engine.ResumeAsync(Id)).IsSuccess);
        Assert.Equal(["a", "b", "b"], test.Calls);
    }

    [Fact]
    public async Task Resume_AfterTheDeathOfBoth_GoesOnWithTheSubRunOnceItsLeaseEnds()
    {
        var clock = new Testing.Time.ManualTimeProvider();
        var test = new TestRun(journal: new InMemoryJournal(clock)).With("work", _ => StepOutcome.Success);
        test.Agents.Add("sub", new SubRunAgent());
        var child = PlanOf(StepOf("a", "work"), StepOf("b", "work", "a"));
        await test.WriteAsync(new RunStarted(Id, PlanOf(Below("s", child))), new StepStarted("s", 1), new SubRunStarted("s", 1, ChildId));
        var lease = (await test.Journal.TryAcquireAsync(ChildId, "dead", TimeSpan.FromSeconds(20)))!;
        await test.Journal.AppendAsync(lease, 0, [new RunStarted(ChildId, child), new StepStarted("a", 1), new StepSucceeded("a", 1, default)]);

        var run = new RunEngine(test.Journal, test.Agents, test.Options with { Time = clock }).ResumeAsync(Id);
        while (!run.IsCompleted)
        {
            if (clock.NextDue is { } due) clock.Advance(due > clock.GetUtcNow() ? due - clock.GetUtcNow() : TimeSpan.Zero);
            await Task.Yield();
        }

        Assert.True((await run).IsSuccess);
        Assert.Equal(["b"], test.Calls);
    }

    [Fact]
    public async Task Cancel_OfTheRunAbove_CancelsTheSubRun()
    {
        var test = Hanging();
        var engine = test.Engine;
        var run = engine.StartAsync(Id, PlanOf(Below("s", PlanOf(StepOf("a", "hang")))));
        await test.UntilAsync(() => test.Calls.Count == 1);

        Assert.Equal(RunStatus.Cancelled, (await engine.CancelAsync(Id, "enough")).Status);
        await run;
        Assert.Equal(RunStatus.Cancelled, (await LoadAsync(test, ChildId)).Status);
    }

    [Fact]
    public async Task Pause_OfTheRunAbove_PausesTheSubRunAndResumesBoth()
    {
        using var pause = new CancellationTokenSource();
        var test = Hanging();
        var run = test.Engine.StartAsync(Id, PlanOf(Below("s", PlanOf(StepOf("a"), StepOf("b", "hang", "a")))), pause.Token);
        await test.UntilAsync(() => test.Calls.Count == 1);
        await pause.CancelAsync();
        Assert.Equal(RunStatus.Paused, (await run).Status);
        Assert.Equal(RunStatus.Paused, (await LoadAsync(test, ChildId)).Status);

        var engine = test.Engine;
        var resumed = engine.ResumeAsync(Id);
        await test.UntilAsync(() => test.Calls.Count == 2);
        await engine.CancelAsync(Id, "seen");
        Assert.Equal(RunStatus.Cancelled, (await resumed).Status);
        Assert.Equal(1, (await LoadAsync(test, ChildId))["a"].Attempt);
    }

    [Fact]
    public async Task SubRun_ThatModifiesWhatItsStepHolds_DoesNotWaitForIt()
    {
        var test = new TestRun();
        test.Agents.Add("sub", new SubRunAgent());

        var result = await test.StartAsync(Below("s", PlanOf(StepOf("a") with { Modifies = ["x"] }, StepOf("b") with { Modifies = ["x"] })) with { Modifies = ["x", "y"] });

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task SubRun_ThatModifiesMoreThanItsStepHolds_IsRefused()
    {
        var test = new TestRun();
        test.Agents.Add("sub", new SubRunAgent());

        var result = await test.StartAsync(Below("s", PlanOf(StepOf("a") with { Modifies = ["z"] })) with { Modifies = ["x"] });

        Assert.Equal("SLW5016", result.Run!["s"].Failure!.Code);
    }

    [Fact]
    public async Task SubRun_WithoutEnd_IsRefusedAtSomeDepth()
    {
        var test = new TestRun();
        test.With("again", async (context, token) =>
        {
            var result = await context.RunSubPlanAsync("p", PlanOf(StepOf("s", "again")), token);
            return result.IsSuccess ? StepOutcome.Success : StepOutcome.Failed(Permanent with { Code = result.Problems is [var problem, ..] ? problem.Code : result.Run!["s"].Failure!.Code });
        });

        var result = await test.StartAsync(StepOf("s", "again"));

        Assert.Equal("SLW5015", result.Run!["s"].Failure!.Code);
    }

    [Fact]
    public async Task SubRun_InputWithoutAPlan_FailsTheStep()
    {
        var test = new TestRun();
        test.Agents.Add("sub", new SubRunAgent());

        Assert.Equal("SLW5014", (await test.StartAsync(StepOf("s", "sub"))).Run!["s"].Failure!.Code);
    }

    private static TestRun Hanging()
    {
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) });
        test.Agents.Add("sub", new SubRunAgent());
        return test.With("hang", async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, test.Clock, token);
            return StepOutcome.Success;
        });
    }

    private static Step Below(string id, Plan plan)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        PlanJson.Write(buffer, plan);
        return StepOf(id, "sub") with { Input = Json($$"""{"plan":{{Encoding.UTF8.GetString(buffer.WrittenSpan)}}}""") };
    }

    private static async Task<RunProjection> LoadAsync(TestRun test, string runId) => (await RunProjection.LoadAsync(test.Journal, runId))!;
}
