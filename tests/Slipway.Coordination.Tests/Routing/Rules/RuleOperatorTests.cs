using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;
using static Slipway.Coordination.Tests.Routing.TestRouting;

namespace Slipway.Coordination.Tests.Routing.Rules;

/// <summary>The ten operators on every kind of value; the state is <c>{"k": found}</c>.</summary>
public sealed class RuleOperatorTests
{
    [Theory]
    [InlineData("3", "==", "3", true)]
    [InlineData("3", "==", "3.0", true)]
    [InlineData("3e2", "==", "300", true)]
    [InlineData("3", "==", "\"3\"", false)]
    [InlineData("0.1", "==", "0.10", true)]
    [InlineData("9007199254740993", "==", "9007199254740992", false)]
    [InlineData("\"a\"", "==", "\"a\"", true)]
    [InlineData("\"a\"", "==", "\"A\"", false)]
    [InlineData("\"\\u0061\"", "==", "\"a\"", true)]
    [InlineData("true", "==", "true", true)]
    [InlineData("true", "==", "1", false)]
    [InlineData("null", "==", "null", true)]
    [InlineData("0", "==", "null", false)]
    [InlineData("[1,2]", "==", "[1,2]", true)]
    [InlineData("[1,2]", "==", "[2,1]", false)]
    [InlineData("{\"a\":1,\"b\":2}", "==", "{\"b\":2,\"a\":1}", true)]
    [InlineData("3", "!=", "4", true)]
    [InlineData("3", "!=", "3", false)]
    [InlineData("\"3\"", "!=", "3", true)]
    [InlineData("null", "!=", "null", false)]
    [InlineData("3", ">", "2.5", true)]
    [InlineData("3", ">", "3", false)]
    [InlineData("9007199254740993", ">", "9007199254740992", true)]
    [InlineData("1e400", ">", "1e300", true)]
    [InlineData("\"b\"", ">", "\"a\"", true)]
    [InlineData("\"Z\"", ">", "\"a\"", false)]
    [InlineData("-1", "<", "0", true)]
    [InlineData("0", "<", "0", false)]
    [InlineData("3", ">=", "3", true)]
    [InlineData("2", ">=", "3", false)]
    [InlineData("3", "<=", "3", true)]
    [InlineData("4", "<=", "3", false)]
    [InlineData("\"a\"", "in", "[\"a\",\"b\"]", true)]
    [InlineData("1", "in", "[\"1\",1.0]", true)]
    [InlineData("\"c\"", "in", "[\"a\",\"b\"]", false)]
    [InlineData("null", "in", "[null]", true)]
    [InlineData("\"c\"", "not_in", "[\"a\",\"b\"]", true)]
    [InlineData("\"a\"", "not_in", "[\"a\",\"b\"]", false)]
    [InlineData("\"disk is full\"", "contains", "\"full\"", true)]
    [InlineData("\"disk is full\"", "contains", "\"FULL\"", false)]
    [InlineData("[1,{\"a\":1}]", "contains", "{\"a\":1.0}", true)]
    [InlineData("[1]", "contains", "2", false)]
    [InlineData("{\"a\":1}", "contains", "\"a\"", true)]
    [InlineData("{\"a\":1}", "contains", "\"b\"", false)]
    [InlineData("\"disk is full\"", "not_contains", "\"empty\"", true)]
    [InlineData("[1]", "not_contains", "1", false)]
    [InlineData("{\"a\":1}", "not_contains", "\"b\"", true)]
    public void Check_ComparableValues_HoldsOrNot(string found, string comparison, string value, bool isMatch) =>
        Assert.Equal(isMatch ? RuleVerdict.Matched : RuleVerdict.NotMatched, Verdict($$"""{"k":{{found}}}""", Rule("k", comparison, value)));

    [Theory]
    [InlineData("\"3\"", ">", "2")]
    [InlineData("true", ">=", "0")]
    [InlineData("null", "<=", "3")]
    [InlineData("[3]", "<", "4")]
    [InlineData("3", "contains", "3")]
    [InlineData("3", "not_contains", "3")]
    [InlineData("null", "not_contains", "\"a\"")]
    [InlineData("\"3\"", "contains", "3")]
    [InlineData("{\"3\":1}", "not_contains", "3")]
    public void Check_ValuesThatTheOperatorCannotCompare_NeverMatches(string found, string comparison, string value) =>
        Assert.Equal(RuleVerdict.NotComparable, Verdict($$"""{"k":{{found}}}""", Rule("k", comparison, value)));

    [Theory]
    [InlineData("==", "null")]
    [InlineData("!=", "1")]
    [InlineData(">", "1")]
    [InlineData("<", "1")]
    [InlineData(">=", "1")]
    [InlineData("<=", "1")]
    [InlineData("in", "[null]")]
    [InlineData("not_in", "[1]")]
    [InlineData("contains", "1")]
    [InlineData("not_contains", "1")]
    public void Check_MissingKey_MatchesUnderNoOperator(string comparison, string value) =>
        Assert.Equal(RuleVerdict.KeyMissing, Verdict("""{"other":1}""", Rule("k", comparison, value)));

    [Theory]
    [InlineData("build.errors.count", true)]
    [InlineData("items.1.name", true)]
    [InlineData(@"with\.dot.in\\side", true)]
    [InlineData("0.name", true)]
    [InlineData("items.2.name", false)]
    [InlineData("items.-1.name", false)]
    [InlineData("items.name", false)]
    [InlineData("build.errors.count.more", false)]
    [InlineData("with.dot", false)]
    public void Check_NestedKey_IsFoundByItsPath(string key, bool isFound)
    {
        const string State = """{"build":{"errors":{"count":1}},"items":[{},{"name":1}],"with.dot":{"in\\side":1},"0":{"name":1}}""";

        Assert.Equal(isFound ? RuleVerdict.Matched : RuleVerdict.KeyMissing, Verdict(State, Rule(key, "==", "1")));
    }

    private static RuleVerdict Verdict(string state, RoutingRule rule) =>
        new ConditionalRouter(RoutingRuleSet.Of(rule)).Route(StateOf(state), About()).Checks.Single().Verdict;
}
