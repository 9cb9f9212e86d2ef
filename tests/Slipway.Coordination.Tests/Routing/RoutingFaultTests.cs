using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Rules;
using static Slipway.Coordination.Tests.Routing.SmartRouterTests;
using static Slipway.Coordination.Tests.Routing.TestRouting;

namespace Slipway.Coordination.Tests.Routing;

/// <summary>The faults of the original library that must not come back.</summary>
public sealed class RoutingFaultTests
{
    // Fault 7: PARALLEL and PRIORITY never won over state analysis.
    [Fact]
    public void Parallel_WithTheFourDefaultRouters_CanWin() =>
        Assert.Equal((RoutingDecision.Parallel, RoutingStrategy.Parallel), Decided(FourRouters().Route(StateOf("""{"completed_tasks":["parse"],"priority":95}"""), "parse")));

    // Fault 7.
    [Theory]
    [InlineData(95, RoutingDecision.Continue)]
    [InlineData(5, RoutingDecision.Skip)]
    public void Priority_WithTheFourDefaultRouters_CanWin(int priority, RoutingDecision decision) =>
        Assert.Equal((decision, RoutingStrategy.Priority), Decided(FourRouters().Route(StateOf($$"""{"priority":{{priority}}}"""), "task")));

    // Fault 8: the guide's rule fired with zero errors.
    [Theory]
    [InlineData(0, RoutingDecision.Continue)]
    [InlineData(1, RoutingDecision.Retry)]
    [InlineData(3, RoutingDecision.Retry)]
    [InlineData(4, RoutingDecision.Continue)]
    public void RetryRule_ErrorCountAtMostThree_DoesNotFireAtZeroErrors(int errors, RoutingDecision decision)
    {
        var router = new SmartRouter();
        router.AddRouter(new Coordination.Routing.Routers.ConditionalRouter(RoutingRuleSet.Of(Rule("error_count", "<=", "3", RoutingDecision.Retry, "error_retry", 100))));

        Assert.Equal(decision, router.Route(StateOf($$"""{"error_count":{{errors}}}"""), "task").Decision);
    }

    // Fault 8: the rule "> 0" retried for ever, the caller counting or not.
    [Fact]
    public void RetryRule_ErrorCountAboveZero_EndsInErrorWhenTheBudgetIsUsedUp()
    {
        var rule = Rule("error_count", ">", "0", RoutingDecision.Retry, "error_retry", 100);
        var router = FourRouters(rules: rule);
        var state = StateOf("""{"error_count":1}""");

        RoutingDecision[] expected = [RoutingDecision.Retry, RoutingDecision.Retry, RoutingDecision.Retry, RoutingDecision.Error, RoutingDecision.Error];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(_ => router.Route(state, "task").Decision));
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(tried => router.Route(state, "other", retryCount: tried).Decision));
        Assert.Contains("its retry became an error, since 3 of 3 retries are used up", router.Route(state, "task").Explanation.Explain()[0], StringComparison.Ordinal);
    }

    // Fault 8: error_count in the state made state analysis retry for ever, since it did not look at the retry count.
    [Fact]
    public void StateAnalysis_ErrorInTheState_UsesTheRetryCount()
    {
        var router = new Coordination.Routing.Routers.StateAnalysisRouter();
        var state = StateOf("""{"error_count":1}""");

        Assert.Equal(RoutingDecision.Retry, router.Route(state, About(retryCount: 2)).Result.Decision);
        Assert.Equal(RoutingDecision.Error, router.Route(state, About(retryCount: 3)).Result.Decision);
    }

    // Fault 15: the guide promised a cache that was not there. There is none, and none is promised: each routing looks anew.
    [Fact]
    public void Route_SameTaskChangedState_IsDecidedAnew()
    {
        var router = FourRouters();

        Assert.Equal(RoutingDecision.Continue, router.Route(StateOf("{}"), "task").Decision);
        Assert.Equal(RoutingDecision.Skip, router.Route(StateOf("""{"required_data":[]}"""), "task").Decision);
    }

    // Fault 15: the documents named two sizes of history.
    [Fact]
    public void History_DefaultSize_IsAThousand() => Assert.Equal(1000, new RoutingOptions().MaxHistorySize);
}
