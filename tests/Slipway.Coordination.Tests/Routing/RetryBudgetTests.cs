using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;
using static Slipway.Coordination.Tests.Routing.TestRouting;

namespace Slipway.Coordination.Tests.Routing;

public sealed class RetryBudgetTests
{
    private static readonly RoutingState Failing = StateOf("""{"errors":["x"]}""");

    [Fact]
    public void Route_CallerDoesNotCount_EachTaskOfEachWorkflowHasItsOwnBudget()
    {
        var router = FourRouters(new RoutingOptions { RetryBudget = 1 });

        Assert.Equal(RoutingDecision.Retry, router.Route(Failing, "a", correlationId: "one").Decision);
        Assert.Equal(RoutingDecision.Error, router.Route(Failing, "a", correlationId: "one").Decision);
        Assert.Equal(RoutingDecision.Retry, router.Route(Failing, "a", correlationId: "two").Decision);
        Assert.Equal(RoutingDecision.Retry, router.Route(Failing, "b", correlationId: "one").Decision);
        Assert.Equal(RoutingDecision.Retry, router.Route(Failing, "a").Decision);
    }

    [Fact]
    public void Route_TaskFoundWithoutError_GetsItsBudgetBack()
    {
        var router = FourRouters(new RoutingOptions { RetryBudget = 1 });
        router.Route(Failing, "task");
        Assert.Equal(RoutingDecision.Error, router.Route(Failing, "task").Decision);

        router.Route(StateOf("{}"), "task");
        Assert.Equal(RoutingDecision.Retry, router.Route(Failing, "task").Decision);
    }

    [Fact]
    public void Route_AnotherRouterOutvotesTheRetryOfANestedError_TheBudgetIsNotGivenBack()
    {
        var router = FourRouters(new RoutingOptions { RetryBudget = 1 }, Rule("build.errors", ">", "0", RoutingDecision.Retry, "retry"), Rule("hold", "==", "true", RoutingDecision.Skip, "hold", 10));
        var outvoting = new Told("outvoting", 100, (state, _) => RouterAnswer.Propose(new RoutingResult { Decision = RoutingDecision.End, Confidence = 1, Reasoning = "", Strategy = RoutingStrategy.Priority }));
        var state = StateOf("""{"build":{"errors":1}}""");

        Assert.Equal(RoutingDecision.Retry, router.Route(state, "task").Decision);
        router.AddRouter(outvoting);
        Assert.Equal(RoutingDecision.End, router.Route(state, "task").Decision);
        router.RemoveRouter("outvoting");
        Assert.Equal(RoutingDecision.Error, router.Route(state, "task").Decision);
    }

    [Fact]
    public void Route_BudgetOfZero_NeverRetries() => Assert.Equal(RoutingDecision.Error, FourRouters(new RoutingOptions { RetryBudget = 0 }).Route(Failing, "task").Decision);

    [Fact]
    public void Route_MoreTasksThanAreTracked_TheOneLongestWithoutARetryGivesWay()
    {
        var router = FourRouters(new RoutingOptions { RetryBudget = 2, MaxTrackedTasks = 2 });
        foreach (var task in new[] { "a", "b", "a", "c" }) router.Route(Failing, task);

        Assert.Equal(RoutingDecision.Error, router.Route(Failing, "a").Decision);
        Assert.Equal(0, router.Route(Failing, "b").Context.RetryCount);
    }

    [Fact]
    public void Route_RetryWithoutErrorByAnyRouter_IsRefusedAndSaysSo()
    {
        var router = new SmartRouter();
        router.AddRouter(new Told("eager", 100, RoutingDecision.Retry, 1));
        router.AddRouter(new StateAnalysisRouter());

        var record = router.Route(StateOf("""{"error_count":0}"""), "task");

        Assert.Equal(RoutingDecision.Continue, record.Decision);
        Assert.Contains("eager was refused retry at 1 x 100 = 100: no error shows at error, errors, error_count, failed", record.Explanation.Explain());
    }

    [Theory]
    [InlineData("""{"build":{"errors":{"count":0}}}""", RoutingDecision.Continue)]
    [InlineData("""{"build":{"errors":{"count":2}}}""", RoutingDecision.Retry)]
    public void RetryRule_OnANestedErrorKey_TakesThatAsItsEvidence(string state, RoutingDecision decision) =>
        Assert.Equal(decision, Only(Rule("build.errors.count", "<", "5", RoutingDecision.Retry)).Route(StateOf(state), "task").Decision);

    [Fact]
    public void RetryRule_WithItsOwnEvidence_LooksThereAlone()
    {
        var router = Only(Rule("status", "==", "\"flaky\"", RoutingDecision.Retry) with { EvidenceKey = "report.failures" });

        Assert.Equal(RoutingDecision.Retry, router.Route(StateOf("""{"status":"flaky","report":{"failures":["t1"]}}"""), "task").Decision);
        Assert.Equal(RoutingDecision.Continue, router.Route(StateOf("""{"status":"flaky","report":{"failures":[]},"error":"x"}"""), "task").Decision);
    }

    [Fact]
    public void RetryRule_WithoutError_LeavesTheWordToTheNextRule()
    {
        var record = Only(Rule("error_count", "<=", "3", RoutingDecision.Retry, "retry", 100), Rule("done", "==", "true", RoutingDecision.End, "done")).Route(StateOf("""{"error_count":0,"done":true}"""), "task");

        Assert.Equal(RoutingDecision.End, record.Decision);
        Assert.Contains("  rule retry (error_count <= 3 -> retry, priority 100): not matched, found 0, but no error shows at error_count", record.Explanation.Explain());
    }

    [Fact]
    public async Task Route_ManyThreadsOneTask_NeverRetriesMoreThanTheBudget()
    {
        var router = FourRouters(new RoutingOptions { RetryBudget = 5 });
        var decisions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 50).Select(_ => router.Route(Failing, "task").Decision).ToList())));

        Assert.Equal(5, decisions.SelectMany(list => list).Count(decision => decision is RoutingDecision.Retry));
    }

    private static SmartRouter Only(params RoutingRule[] rules)
    {
        var router = new SmartRouter();
        router.AddRouter(new ConditionalRouter(RoutingRuleSet.Of(rules)));
        return router;
    }
}
