using Slipway.Coordination.Agents;
using Slipway.Coordination.Plans;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Plans;

public sealed class PlanValidatorTests
{
    private static readonly AgentRegistry Agents = new() { { "ok", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)) } };

    [Fact]
    public void Check_GoodPlan_GivesItsGraph()
    {
        var check = PlanValidator.Check(PlanOf(StepOf("a"), StepOf("b", "ok", "a")), Agents);

        Assert.Empty(check.Problems);
        Assert.Equal(["a", "b"], check.Graph!.InOrder());
    }

    [Fact]
    public void Check_EverythingWrong_ReportsEverythingWithPlaceAndFix()
    {
        var plan = PlanOf(
            StepOf("a", "ok", "b"),
            StepOf("b", "ok", "a"),
            StepOf("b", "nobody"),
            StepOf("", "ok", "x", "x") with { Modifies = ["good", "ba\nd"] },
            StepOf("c") with
            {
                Retry = new RetryPolicy { MaxRetries = 101, FirstDelay = TimeSpan.FromSeconds(-1), Factor = 0.5, Jitter = 2, MaxDelay = TimeSpan.FromDays(2) },
                Timeouts = new StepTimeouts { Attempt = TimeSpan.Zero, Heartbeat = TimeSpan.FromDays(25) },
                OnInterrupted = OnInterrupted.Verify,
            });

        var check = PlanValidator.Check(plan, Agents);

        Assert.Null(check.Graph);
        Assert.Equal(
            [
                "SLW5004 steps[2].agent", "SLW5005 steps[3].id", "SLW5006 steps[3].depends_on[1]", "SLW5010 steps[3].modifies[1]", "SLW5009 steps[4].on_interrupted",
                "SLW5007 steps[4].retry.max_retries", "SLW5007 steps[4].retry.first_delay", "SLW5007 steps[4].retry.max_delay", "SLW5007 steps[4].retry.factor",
                "SLW5007 steps[4].retry.jitter", "SLW5008 steps[4].timeout", "SLW5008 steps[4].heartbeat",
                "SLW5001 steps[2].id", "SLW5002 ", "SLW5002 ", "SLW5003 a",
            ],
            check.Problems.Select(problem => $"{problem.Code} {problem.Place!.Path}"));
        Assert.All(check.Problems, problem => Assert.NotNull(problem.Fix));
        Assert.Contains("a -> b -> a", check.Problems[^1].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_WithoutAgents_DoesNotAskForThem() => Assert.Empty(PlanValidator.Check(PlanOf(StepOf("a", "nobody"))).Problems);

    [Fact]
    public void Check_Id_IsAnyTextThatCanBeShownAndStored()
    {
        Assert.True(IsGood("deployments/api-gateway"));
        Assert.True(IsGood("größe/\ud83d\ude80"));
        Assert.True(IsGood(new string('x', 200)));
        Assert.False(IsGood(new string('x', 201)));
        Assert.False(IsGood("\ud83d"));
        Assert.False(IsGood("\ude80\ud83d"));
        Assert.False(IsGood("a\u0085b"));

        static bool IsGood(string id) => PlanValidator.Check(PlanOf(StepOf(id) with { Modifies = [id] })).Problems.Count == 0;
    }
}
