using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;
using static Slipway.Coordination.Tests.Routing.TestRouting;

namespace Slipway.Coordination.Tests.Routing;

/// <summary>What holds for every state.</summary>
public sealed class RoutingProperties
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260102, 3).WithMaxTest(500);

    private static readonly RoutingRule[] Rules =
    [
        Rule("phase", "==", "\"a\"", RoutingDecision.End, "r1"), Rule("phase", "in", "[\"b\",\"c\"]", RoutingDecision.Branch, "r2"),
        Rule("errors", ">=", "0", RoutingDecision.Retry, "r3", 90), Rule("size", ">", "10", RoutingDecision.Conditional, "r4"),
    ];

    private static readonly (string Key, string[] Values)[] Fields =
    [
        ("phase", ["\"a\"", "\"b\"", "\"d\"", "1"]), ("errors", ["0", "1", "[]", "[1]"]), ("failed", ["true", "false"]), ("required_data", ["null", "{}", "[1]"]),
        ("priority", ["5", "50", "95", "\"x\""]), ("completed_tasks", ["[\"parse\"]", "[\"parse\",\"models\"]", "[]"]), ("size", ["1", "11"]),
        ("deep", [$"{new string('[', 29)}{new string(']', 29)}"]),
    ];

    [Fact]
    public void Route_EveryRouterAndEveryDecisionOfIt_WinsSomewhere()
    {
        var wins = new HashSet<(RoutingDecision, RoutingStrategy)>();
        foreach (var (state, retries) in Fields.SelectMany(field => field.Values.Select(value => $"{{\"{field.Key}\":{value}}}")).Prepend("{}").SelectMany(state => new[] { (state, 0), (state, 3) }))
        {
            wins.Add(SmartRouterTests.Decided(FourRouters().Route(StateOf(state), "parse", retryCount: retries)));
            foreach (var decision in Enum.GetValues<RoutingDecision>())
                wins.Add(SmartRouterTests.Decided(FourRouters(rules: Rule("failed", "==", "true", decision)).Route(StateOf(state), "parse", retryCount: retries)));
        }

        var conditional = Enum.GetValues<RoutingDecision>().Select(decision => (decision, RoutingStrategy.Conditional));
        Assert.Empty(conditional.Concat(
        [
            (RoutingDecision.Retry, RoutingStrategy.StateAnalysis), (RoutingDecision.Error, RoutingStrategy.StateAnalysis), (RoutingDecision.Skip, RoutingStrategy.StateAnalysis),
            (RoutingDecision.Branch, RoutingStrategy.StateAnalysis), (RoutingDecision.Continue, RoutingStrategy.StateAnalysis),
            (RoutingDecision.Parallel, RoutingStrategy.Parallel), (RoutingDecision.Continue, RoutingStrategy.Priority), (RoutingDecision.Skip, RoutingStrategy.Priority),
        ]).Except(wins));
    }

    [Fact]
    public void Route_AnyOrderOfRoutersAndRules_GivesTheSameDecisionAndExplanation() => Check.One(Repeatable, Prop.ForAll(Arb.From(States()), Arb.From(Gen.Shuffle(Rules)), (state, shuffled) =>
    {
        var backwards = new SmartRouter();
        backwards.AddRouter(new PriorityRouter());
        backwards.AddRouter(new StateAnalysisRouter());
        backwards.AddRouter(new ParallelRouter([new ParallelizationHint { TaskGroup = ["models", "validators"], Dependencies = ["parse"] }]));
        backwards.AddRouter(new ConditionalRouter(RoutingRuleSet.Of(shuffled)));

        Assert.Equal(FourRouters(rules: Rules).Route(StateOf(state), "parse").Explanation.Explain(), backwards.Route(StateOf(state), "parse").Explanation.Explain());
    }));

    [Fact]
    public void Route_SnapshotOrObject_GivesTheSameDecision() => Check.One(Repeatable, Prop.ForAll(Arb.From(States()), state =>
    {
        var values = JsonElement.Parse(state).EnumerateObject().ToDictionary(field => field.Name, field => field.Value);

        Assert.Equal(
            FourRouters(rules: Rules).Route(StateOf(state), "parse").Explanation.Explain(),
            FourRouters(rules: Rules).Route(new RoutingState(values), "parse").Explanation.Explain());
    }));

    [Fact]
    public void Route_AnySequenceOfStates_NeverRetriesWithoutErrorNorBeyondTheBudgetInARow() => Check.One(Repeatable, Prop.ForAll(Arb.From(Gen.NonEmptyListOf(States())), states =>
    {
        var router = FourRouters(rules: Rules);
        var inARow = 0;
        foreach (var state in states.Select(StateOf))
        {
            var isRetry = router.Route(state, "parse").Decision is RoutingDecision.Retry;
            if (isRetry) Assert.True(state.Metrics.HasErrors);
            inARow = isRetry ? inARow + 1 : state.Metrics.HasErrors ? inARow : 0;
            Assert.InRange(inARow, 0, 3);
        }
    }));

    private static Gen<string> States() =>
        Gen.CollectToArray(Fields, field => Gen.Frequency((3, Gen.Constant("")), (1, Gen.Elements(field.Values).Select(value => $"\"{field.Key}\":{value}"))))
            .Select(chosen => $"{{{string.Join(',', chosen.Where(text => text.Length > 0))}}}");
}
