using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;
using static Slipway.Coordination.Tests.Routing.TestRouting;

namespace Slipway.Coordination.Tests.Routing.Routers;

/// <summary>What each router says, with the contract's confidences and priorities.</summary>
public sealed class RouterTests
{
    private static readonly ParallelRouter Parallel = new(
    [
        new ParallelizationHint { TaskGroup = ["models", "validators"], Dependencies = ["parse"], EstimatedDuration = TimeSpan.FromSeconds(2) },
        new ParallelizationHint { TaskGroup = ["lint", "types", "tests"], Dependencies = ["parse"] },
    ]);

    [Fact]
    public void Priorities_OfTheFour_AreTheContracts() =>
        Assert.Equal([100, 80, 60, 40], new IRouter[] { new ConditionalRouter(RoutingRuleSet.Empty), new StateAnalysisRouter(), Parallel, new PriorityRouter() }.Select(router => router.Priority));

    [Fact]
    public void Conditional_SeveralMatch_ProposesTheFirstByPriorityThenId()
    {
        var router = new ConditionalRouter(RoutingRuleSet.Of(
            Rule("k", ">", "0", RoutingDecision.Skip, "c", 60), Rule("k", ">", "0", RoutingDecision.End, "b", 60), Rule("k", ">", "5", RoutingDecision.Error, "a", 90)));

        var answer = router.Route(StateOf("""{"k":1}"""), About());

        Assert.Equal((RoutingDecision.End, 1d, false, "b"), (answer.Result.Decision, answer.Result.Confidence, answer.IsAbstention, answer.Result.Metadata["rule_id"]));
        Assert.Equal(["a", "b"], answer.Checks.Select(check => check.Rule.RuleId));
    }

    [Fact]
    public void Conditional_NoneMatches_AbstainsAtHalf() =>
        AssertAnswer(new ConditionalRouter(RoutingRuleSet.Of(Rule("k", "==", "1"))), "{}", RoutingDecision.Continue, 0.5, isAbstention: true);

    [Theory]
    [InlineData("""{"error":"disk full"}""", RoutingDecision.Retry, 0.95, false)]
    [InlineData("""{"errors":[{}],"required_data":null}""", RoutingDecision.Retry, 0.95, false)]
    [InlineData("""{"error_count":1}""", RoutingDecision.Retry, 0.95, false)]
    [InlineData("""{"failed":true}""", RoutingDecision.Retry, 0.95, false)]
    [InlineData("""{"error":"","errors":[],"error_count":0,"failed":false}""", RoutingDecision.Continue, 0.9, true)]
    [InlineData("""{"error":null,"errors":{},"error_count":0.0}""", RoutingDecision.Continue, 0.9, true)]
    [InlineData("""{"required_data":null}""", RoutingDecision.Skip, 0.8, false)]
    [InlineData("""{"mandatory_fields":[]}""", RoutingDecision.Skip, 0.8, false)]
    [InlineData("""{"required_data":{"a":1,"b":null}}""", RoutingDecision.Skip, 0.8, false)]
    [InlineData("""{"required_data":{"a":1},"mandatory_fields":["a"]}""", RoutingDecision.Continue, 0.9, true)]
    [InlineData("{}", RoutingDecision.Continue, 0.9, true)]
    public void StateAnalysis_State_ShowsErrorsThenGaps(string state, RoutingDecision decision, double confidence, bool isAbstention) =>
        AssertAnswer(new StateAnalysisRouter(), state, decision, confidence, isAbstention);

    [Fact]
    public void StateAnalysis_ComplexState_BranchesAboveTheLimit()
    {
        var large = $$"""{{{string.Join(',', Enumerable.Range(0, 210).Select(i => $"\"k{i}\":{i}"))}}}""";

        AssertAnswer(new StateAnalysisRouter(), large, RoutingDecision.Branch, 0.85, isAbstention: false);
        AssertAnswer(new StateAnalysisRouter(maxComplexityScore: 1), large, RoutingDecision.Continue, 0.9, isAbstention: true);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StateAnalysisRouter(maxComplexityScore: 1.1));
    }

    [Fact]
    public void Metrics_State_AreCountedAsTheContractSays()
    {
        var json = StateOf("""{"a":1,"b":{"c":[{"d":1}]}}""").Metrics;
        var values = new RoutingState(new Dictionary<string, System.Text.Json.JsonElement> { ["a"] = System.Text.Json.JsonElement.Parse("1"), ["b"] = System.Text.Json.JsonElement.Parse("""{"c":[{"d":1}]}""") }).Metrics;

        Assert.Equal((2, 4, 27L), (json.KeyCount, json.NestedDepth, json.TotalSizeBytes));
        Assert.Equal((2, 4), (values.KeyCount, values.NestedDepth));
        Assert.Equal((0.02 * 0.4) + (0.4 * 0.3) + (27 / 1048576d * 0.3), json.ComplexityScore, 12);
        Assert.Equal((0, 0), (StateOf("{}").Metrics.KeyCount, StateOf("{}").Metrics.NestedDepth));
        Assert.Equal(1, new StateComplexityMetrics(1000, 1, 0, false, false).ComplexityScore);
    }

    [Theory]
    [InlineData("parse", """{"completed_tasks":["parse"]}""", "lint,types,tests")]
    [InlineData("models", """{"completed_tasks":["parse"]}""", "models,validators")]
    [InlineData("parse", """{"completed_tasks":["parse","lint"]}""", "models,validators")]
    [InlineData("parse", """{"completed_tasks":["parse","lint","types","models"]}""", null)]
    [InlineData("parse", """{"completed_tasks":[]}""", null)]
    [InlineData("parse", """{"completed_tasks":"parse"}""", null)]
    [InlineData("parse", "{}", null)]
    [InlineData("other", """{"completed_tasks":["parse"]}""", null)]
    public void Parallel_Hints_ProposeWhatIsOpenOnceDependenciesAreDone(string task, string state, string? open)
    {
        var answer = Parallel.Route(StateOf(state), About(task));

        Assert.Equal(open is null, answer.IsAbstention);
        Assert.Equal(open is null ? (RoutingDecision.Continue, 0.7) : (RoutingDecision.Parallel, 0.9), (answer.Result.Decision, answer.Result.Confidence));
        Assert.Equal(open ?? "", string.Join(',', answer.Result.ParallelTasks));
    }

    [Fact]
    public void Parallel_HintWithoutTasks_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => new ParallelRouter([new ParallelizationHint { TaskGroup = [] }]));
        Assert.Throws<ArgumentException>(() => new ParallelRouter([new ParallelizationHint { TaskGroup = ["a", "a"] }]));
    }

    [Theory]
    [InlineData("""{"priority":80}""", null, RoutingDecision.Continue, 0.95, false)]
    [InlineData("""{"priority":79.9}""", null, RoutingDecision.Continue, 0.8, true)]
    [InlineData("""{"priority":20}""", null, RoutingDecision.Skip, 0.85, false)]
    [InlineData("""{"priority":90}""", """{"priority":10}""", RoutingDecision.Skip, 0.85, false)]
    [InlineData("""{"priority":"90"}""", null, RoutingDecision.Continue, 0.8, true)]
    [InlineData("""{"priority":101}""", null, RoutingDecision.Continue, 0.8, true)]
    [InlineData("{}", null, RoutingDecision.Continue, 0.8, true)]
    public void Priority_Task_IsJudgedByItsThresholds(string state, string? customData, RoutingDecision decision, double confidence, bool isAbstention)
    {
        var answer = new PriorityRouter().Route(StateOf(state), About(customData: customData));

        Assert.Equal((decision, confidence, isAbstention), (answer.Result.Decision, answer.Result.Confidence, answer.IsAbstention));
    }

    [Fact]
    public void Priority_DefaultThatChangesTheCourse_IsAProposal()
    {
        var router = new PriorityRouter(new PriorityRoutingConfig { DefaultDecision = RoutingDecision.Conditional });

        AssertAnswer(router, """{"priority":50}""", RoutingDecision.Conditional, 0.8, isAbstention: false);
        AssertAnswer(router, "{}", RoutingDecision.Continue, 0.8, isAbstention: true);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(101, 20)]
    [InlineData(80, -1)]
    [InlineData(double.NaN, 20)]
    public void Priority_ThresholdsOutOfRange_AreMisuse(double high, double low) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorityRouter(new PriorityRoutingConfig { HighThreshold = high, LowThreshold = low }));

    private static void AssertAnswer(IRouter router, string state, RoutingDecision decision, double confidence, bool isAbstention)
    {
        var answer = router.Route(StateOf(state), About());
        Assert.Equal((decision, confidence, isAbstention), (answer.Result.Decision, answer.Result.Confidence, answer.IsAbstention));
    }
}
