using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What a step's rules of recovery do to a run when its retries have not helped.</summary>
public sealed class RunRecoveryTests
{
    [Fact]
    public async Task Retry_OfAPermanentFailure_TriesAsOftenAsTheRuleSays()
    {
        var test = new TestRun().With("work", context => context.Attempt < 3 ? StepOutcome.Failed(Permanent) : StepOutcome.Success);

        var result = await test.RushAsync(test.StartAsync(Recovering(new RetryRecovery { MaxRetries = 2, Delay = TimeSpan.FromSeconds(1) })));

        Assert.True(result.IsSuccess);
        Assert.Equal(["recover", "recover"], (await test.EventsAsync()).OfType<StepRecovering>().Select(recovering => recovering.Rule));
    }

    [Fact]
    public async Task Retry_UsedUp_LetsTheFailureStand()
    {
        var test = new TestRun().With("work", _ => StepOutcome.Failed(Permanent));

        var result = await test.RushAsync(test.StartAsync(Recovering(new RetryRecovery { MaxRetries = 2, Delay = TimeSpan.FromSeconds(1) })));

        Assert.Equal((StepState.Failed, 3), (result.Run!["a"].State, result.Run["a"].Attempt));
    }

    [Fact]
    public async Task AlternativePath_AfterAFailure_LetsAnotherAgentDoTheStep()
    {
        var test = new TestRun().With("work", _ => StepOutcome.Failed(Permanent)).With("other", context => StepOutcome.Succeeded(context.Input));

        var result = await test.StartAsync(Recovering(new AlternativePath { Agent = "other", Input = Json("""{"by":"other"}""") }), StepOf("b", "ok", "a"));

        Assert.True(result.IsSuccess);
        Assert.Equal("""{"by":"other"}""", result.Run!["a"].Output.GetRawText());
    }

    [Fact]
    public async Task GracefulDegradation_AfterAFailure_GivesTheLesserOutputAndAPartialSuccess()
    {
        var test = new TestRun().With("work", _ => StepOutcome.Failed(Permanent));

        var result = await test.StartAsync(Recovering(new GracefulDegradation { Output = Json("""{"cached":true}""") }), StepOf("b", "ok", "a"));

        Assert.Equal(RunStatus.PartiallySucceeded, result.Status);
        Assert.True(result.Run!["a"].IsDegraded);
        Assert.Equal(StepState.Succeeded, result.Run["b"].State);
    }

    [Fact]
    public async Task ErrorCorrection_AfterAFailure_RunsTheStepWithTheMendedInput()
    {
        var test = new TestRun()
            .With("work", context => context.Input.GetProperty("n").GetInt32() == 1 ? StepOutcome.Failed(Permanent) : StepOutcome.Succeeded(context.Input))
            .With("mend", context =>
            {
                Assert.Equal("""{"step":"a","input":{"n":1},"failure":{"code":"test","kind":"permanent","message":"never"}}""", context.Input.GetRawText());
                return StepOutcome.Succeeded(Json("""{"n":2}"""));
            });

        var result = await test.StartAsync(Recovering(new ErrorCorrection { Agent = "mend" }) with { Input = Json("""{"n":1}""") });

        Assert.True(result.IsSuccess);
        Assert.Equal("""{"n":2}""", result.Run!["a"].Output.GetRawText());
        Assert.Equal(3, result.Run["a"].Attempt);
        Assert.Equal(["step_recovering", "step_started", "step_corrected", "step_started", "step_succeeded"], (await test.EventsAsync()).OfType<StepEvent>().Skip(1).Select(one => one.Type));
    }

    [Fact]
    public async Task ErrorCorrection_ThatFailsItself_LetsTheStepFail()
    {
        var test = new TestRun().With("work", _ => StepOutcome.Failed(Permanent)).With("mend", _ => StepOutcome.Failed(Permanent with { Code = "mend" }));

        Assert.Equal("mend", (await test.StartAsync(Recovering(new ErrorCorrection { Agent = "mend" }))).Run!["a"].Failure!.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Escalation_AfterAFailure_AsksAPersonWhetherToTryAgain(bool isApproved)
    {
        var store = new InMemoryApprovalStore();
        var test = new TestRun(new RunOptions { Approvals = store }).With("work", context => context.Attempt == 1 ? StepOutcome.Failed(Permanent) : StepOutcome.Success);
        var run = test.StartAsync(Recovering(new Escalation { To = ["ops"], Question = "Try again?" }));
        while (await store.FindAsync("run-1/a/1") is null) await Task.Yield();
        Assert.Equal("never", (await store.FindAsync("run-1/a/1"))!.Request.Detail.GetProperty("failure").GetProperty("message").GetString());
        await store.DecideAsync("run-1/a/1", new ApprovalDecision { IsApproved = isApproved, By = "ops" });

        var result = await run;

        Assert.Equal(isApproved, result.IsSuccess);
        if (!isApproved) Assert.Equal(Permanent, result.Run!["a"].Failure);
    }

    [Fact]
    public async Task Rules_InOrder_AreTriedUntilOneHelps()
    {
        var policy = RecoveryPolicy.Of(
            new RecoveryRule { Name = "last", Priority = 1, Strategy = new GracefulDegradation() },
            new RecoveryRule { Name = "first", Priority = 9, Strategy = new AlternativePath { Agent = "other" } });
        var test = new TestRun().With("work", _ => StepOutcome.Failed(Permanent)).With("other", _ => StepOutcome.Failed(Permanent));

        var result = await test.StartAsync(StepOf("a", "work") with { Recovery = policy });

        Assert.Equal(["first", "last"], result.Run!["a"].Recoveries);
        Assert.True(result.Run["a"].IsDegraded);
    }

    [Fact]
    public async Task Resume_InTheMiddleOfARecovery_GoesOnWithIt()
    {
        var test = new TestRun().With("work", _ => StepOutcome.Failed(Permanent)).With("other", _ => StepOutcome.Success);
        await test.WriteAsync(
            new RunStarted(Id, PlanOf(Recovering(new AlternativePath { Agent = "other" }))),
            new StepStarted("a", 1),
            new StepRecovering("a", 1, Permanent, "recover", "alternative_path", TimeSpan.Zero, "other", default));

        Assert.True((await test.Engine.ResumeAsync(Id)).IsSuccess);
        Assert.Equal(["a"], test.Calls);
    }

    [Fact]
    public async Task Rule_ThatCallsAnUnknownAgent_IsRefusedBeforeTheRun()
    {
        var test = new TestRun().With("work", _ => StepOutcome.Success);

        Assert.Equal("SLW5004", Assert.Single((await test.StartAsync(Recovering(new ErrorCorrection { Agent = "nobody" }))).Problems).Code);
    }

    private static Step Recovering(RecoveryStrategy strategy) =>
        StepOf("a", "work") with { Recovery = RecoveryPolicy.Of(new RecoveryRule { Name = "recover", Kinds = [FailureKind.Permanent], Strategy = strategy }) };
}
