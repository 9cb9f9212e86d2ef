using System.Buffers;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Rules;
using static Slipway.Coordination.Tests.Routing.TestRouting;

namespace Slipway.Coordination.Tests.Routing.Rules;

public sealed class RoutingRuleTests
{
    private const string Whole =
        """{"rules":[{"rule_id":"b","name":"B","condition_key":"k.l","condition_operator":"in","condition_value":[1,"x"],"decision":"retry","next_task":"t","priority":90,"evidence_key":"k.m"},""" +
        """{"rule_id":"a","condition_key":"k","condition_operator":"!=","condition_value":null,"decision":"end"}]}""";

    [Fact]
    public void Json_Rules_ComeBackAsTheyWere()
    {
        var check = RoutingRuleJson.Read(JsonElement.Parse(Whole));

        Assert.Empty(check.Problems);
        Assert.Equal(Whole, Write(check.Rules!));
    }

    [Fact]
    public void Read_DocumentGoneAfterwards_RulesStillWork()
    {
        RoutingRuleSet rules;
        using (var document = JsonDocument.Parse(Whole)) rules = RoutingRuleJson.Read(document.RootElement).Rules!;

        Assert.Equal(Whole, Write(rules));
    }

    [Fact]
    public void Rules_AnyOrderOfAdding_AreInOneOrder()
    {
        RoutingRule[] rules = [Rule("k", "==", "1", id: "b"), Rule("k", "==", "1", id: "a"), Rule("k", "==", "1", id: "z", priority: 51)];

        Assert.Equal(["z", "a", "b"], RoutingRuleSet.Of(rules).Rules.Select(rule => rule.RuleId));
        Assert.Equal(Write(RoutingRuleSet.Of(rules)), Write(RoutingRuleSet.Of([.. rules.Reverse()])));
    }

    [Fact]
    public void Read_ManyProblems_ReportsAllWithTheirPaths()
    {
        var check = RoutingRuleJson.Read(JsonElement.Parse("""
            {"rules": [
              {"rule_id": "a", "condition_key": "k", "condition_operator": "=", "condition_value": 1, "decision": "retry"},
              {"rule_id": "b", "condition_key": "k", "condition_operator": ">", "condition_value": [1], "decision": "skip", "priority": 101},
              {"rule_id": "b", "condition_key": "k..l", "condition_operator": "in", "condition_value": "x", "decision": "skip", "evidence_key": "k"},
              {"rule_id": 3, "condition_operator": "==", "decision": "go", "priorty": 3},
              {"rule_id": "", "condition_key": "k\\n", "condition_operator": "==", "condition_value": 1, "decision": "end", "next_task": ""},
              []
            ], "version": 1}
            """));

        Assert.Null(check.Rules);
        Assert.Equal(
            [
                "SLW5409 rules[0].condition_operator", "SLW5408 rules[3].rule_id", "SLW5407 rules[3].condition_key", "SLW5407 rules[3].condition_value",
                "SLW5409 rules[3].decision", "SLW5406 rules[3].priorty", "SLW5408 rules[5]", "SLW5406 version",
                "SLW5403 rules[1].condition_value", "SLW5404 rules[1].priority",
                "SLW5401 rules[2].rule_id", "SLW5402 rules[2].condition_key", "SLW5405 rules[2].evidence_key", "SLW5403 rules[2].condition_value",
                "SLW5401 rules[4].rule_id", "SLW5402 rules[4].condition_key", "SLW5404 rules[4].next_task",
            ],
            check.Problems.Select(problem => $"{problem.Code} {problem.Place!.Path}"));
    }

    [Theory]
    [InlineData("""{}""", "SLW5407")]
    [InlineData("""{"rules":{}}""", "SLW5408")]
    [InlineData("""7""", "SLW5408")]
    public void Read_NoRules_IsOneProblem(string json, string code) => Assert.Equal(code, Assert.Single(RoutingRuleJson.Read(JsonElement.Parse(json)).Problems).Code);

    [Fact]
    public void Of_RulesWithProblems_IsMisuse() => Assert.Throws<ArgumentException>(() => RoutingRuleSet.Of(Rule("", "==", "1")));

    [Fact]
    public void Of_ValueNeverSet_IsAProblem() =>
        Assert.Equal("SLW5403", Assert.Single(RoutingRuleSet.Create([Rule("k", "==", "1") with { ConditionValue = default }]).Problems).Code);

    [Fact]
    public void Names_EveryDecisionAndOperator_HasOne()
    {
        Assert.Equal(["error", "end", "retry", "parallel", "conditional", "branch", "skip", "continue"], Enum.GetValues<RoutingDecision>().Select(RoutingNames.Of));
        Assert.Equal(["==", "!=", ">", "<", ">=", "<=", "in", "not_in", "contains", "not_contains"], Enum.GetValues<RuleOperator>().Select(RoutingNames.Of));
        Assert.Equal(["conditional", "parallel", "state_analysis", "priority"], Enum.GetValues<RoutingStrategy>().Select(RoutingNames.Of));
    }

    private static string Write(RoutingRuleSet rules)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RoutingRuleJson.Write(buffer, rules);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
