using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;
using Slipway.Routing;
using Slipway.Testing.Repository;

namespace Slipway.Tests.Routing;

public sealed class RoutingRuleFileTests
{
    private const string Yaml = """
        # yaml-language-server: $schema=routing-rules.schema.json
        rules:
          - rule_id: error_retry
            name: Retry on error
            condition_key: build.error_count
            condition_operator: ">"
            condition_value: 0
            decision: retry
            priority: 100
          - rule_id: finished
            condition_key: phase
            condition_operator: in
            condition_value: [done, "yes", 1.5, null, true]
            decision: end
            next_task: report
        """;

    [Fact]
    public void Read_Yaml_IsTheSameAsItsJson()
    {
        const string Json = """
            {"rules": [
              {"rule_id": "error_retry", "name": "Retry on error", "condition_key": "build.error_count", "condition_operator": ">", "condition_value": 0, "decision": "retry", "priority": 100},
              {"rule_id": "finished", "condition_key": "phase", "condition_operator": "in", "condition_value": ["done", "yes", 1.5, null, true], "decision": "end", "next_task": "report"}
            ]}
            """;

        Assert.Equal(Describe(Read(Json)), Describe(Read(Yaml)));
        Assert.Equal(2, Read(Yaml).Rules.Count);
    }

    [Fact]
    public void Read_Rules_Route()
    {
        var router = new SmartRouter();
        router.AddRouter(new ConditionalRouter(Read(Yaml)));

        Assert.Equal(RoutingDecision.Retry, router.Route(JsonElement.Parse("""{"build":{"error_count":2}}"""), "build").Decision);
        Assert.Equal("report", router.Route(JsonElement.Parse("""{"phase":"done"}"""), "build").Result.NextTask);
    }

    [Fact]
    public void Read_ManyProblems_ReportsAllWithLineAndColumn()
    {
        var problems = new List<Diagnostic>();
        var rules = RoutingRuleFile.Read("""
            rules:
              - rule_id: a
                condition_key: k
                condition_operator: "="
                condition_value: 1
                decison: skip
              - rule_id: b
                condition_key: k
                condition_operator: in
                condition_value: x
                decision: skip
                priority: 200
            version: 2
            """, "rules.yaml", problems);

        Assert.Null(rules);
        Assert.Equal(
            [
                "SLW5407 rules.yaml:2:5 (rules[0].decision)",
                "SLW5409 rules.yaml:4:5 (rules[0].condition_operator)",
                "SLW5406 rules.yaml:6:5 (rules[0].decison)",
                "SLW5403 rules.yaml:10:5 (rules[1].condition_value)",
                "SLW5404 rules.yaml:12:5 (rules[1].priority)",
                "SLW5406 rules.yaml:13:1 (version)",
            ],
            problems.Select(problem => $"{problem.Code} {problem.Place}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("rules: [")]
    [InlineData("rules: []\nrules: []")]
    public void Read_NoRuleFile_IsAProblem(string text)
    {
        var problems = new List<Diagnostic>();

        Assert.Null(RoutingRuleFile.Read(text, "rules.yaml", problems));
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void Schema_FieldsAndChoices_AreTheReaders()
    {
        var rule = JsonElement.Parse(File.ReadAllText(RepositoryRoot.Combine("docs", "schemas", "routing-rules.schema.json"))).GetProperty("$defs").GetProperty("rule");
        var properties = rule.GetProperty("properties");
        var problems = RoutingRuleJson.Read(JsonElement.Parse("""{"rules": [{"zzz": 1, "condition_operator": "?", "decision": "?"}]}""")).Problems;

        Assert.Equal(Listed("rules[0].zzz").Order(StringComparer.Ordinal), properties.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Listed("rules[0].condition_operator"), Texts(properties.GetProperty("condition_operator").GetProperty("enum")));
        Assert.Equal(Listed("rules[0].decision"), Texts(properties.GetProperty("decision").GetProperty("enum")));
        var missing = RoutingRuleJson.Read(JsonElement.Parse("""{"rules": [{}]}""")).Problems.Select(problem => problem.Place!.Path!["rules[0].".Length..]);
        Assert.Equal(missing, Texts(rule.GetProperty("required")));

        // "Use one of: a, b." is what a reader is told.
        IEnumerable<string> Listed(string path) => problems.Single(problem => problem.Place!.Path == path).Fix!["Use one of: ".Length..].TrimEnd('.').Split(", ");

        static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString()!);
    }

    private static RoutingRuleSet Read(string text)
    {
        var problems = new List<Diagnostic>();
        var rules = RoutingRuleFile.Read(text, "rules.yaml", problems);
        Assert.Empty(problems);
        return rules!;
    }

    private static string Describe(RoutingRuleSet rules)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        RoutingRuleJson.Write(buffer, rules);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
