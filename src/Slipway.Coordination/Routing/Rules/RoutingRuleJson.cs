using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>
/// The JSON form of rules: <c>{"rules": [{"rule_id", "name", "condition_key", "condition_operator", "condition_value", "decision",
/// "next_task", "priority", "evidence_key"}]}</c>. Defaults are left out.
/// </summary>
public static class RoutingRuleJson
{
    /// <summary>Reads rules strictly: unknown fields and every other problem are reported at once, each with its path.</summary>
    public static RoutingRuleCheck Read(JsonElement json)
    {
        var problems = new List<Diagnostic>();
        var rules = new List<(int Index, RoutingRule Rule)>();
        if (JsonShape.Open(json, "", RoutingCodes.Shape, problems) is { } root)
        {
            root.Required("rules");
            foreach (var (index, item) in root.List("rules").Index())
            {
                var known = problems.Count;
                if (JsonShape.Open(item, $"rules[{index}]", RoutingCodes.Shape, problems) is not { } shape) continue;
                var rule = ReadRule(shape);
                if (problems.Count == known) rules.Add((index, rule));
            }

            root.Finish();
        }

        problems.AddRange(RoutingRuleSet.Check(rules));
        return problems.Count > 0 ? new RoutingRuleCheck(null, problems) : RoutingRuleSet.Create([.. rules.Select(rule => rule.Rule)]);
    }

    /// <summary>Writes rules as UTF-8, in the order in which they are looked at. Equal rules give equal bytes.</summary>
    public static void Write(IBufferWriter<byte> output, RoutingRuleSet rules)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        writer.WriteStartObject();
        writer.WriteStartArray("rules");
        foreach (var rule in rules.Rules) WriteRule(writer, rule);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter writer, RoutingRule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("rule_id", rule.RuleId);
        if (rule.Name is not null) writer.WriteString("name", rule.Name);
        writer.WriteString("condition_key", rule.ConditionKey);
        writer.WriteString("condition_operator", RoutingNames.Of(rule.ConditionOperator));
        writer.WritePropertyName("condition_value");
        rule.ConditionValue.WriteTo(writer);
        writer.WriteString("decision", RoutingNames.Of(rule.Decision));
        if (rule.NextTask is not null) writer.WriteString("next_task", rule.NextTask);
        if (rule.Priority != 50) writer.WriteNumber("priority", rule.Priority);
        if (rule.EvidenceKey is not null) writer.WriteString("evidence_key", rule.EvidenceKey);
        writer.WriteEndObject();
    }

    private static RoutingRule ReadRule(JsonShape shape)
    {
        var rule = new RoutingRule
        {
            RuleId = shape.RequiredText("rule_id"),
            Name = shape.Text("name"),
            ConditionKey = shape.RequiredText("condition_key"),
            ConditionOperator = shape.RequiredChoice("condition_operator", RoutingNames.Operators),
            ConditionValue = shape.Required("condition_value"),
            Decision = shape.RequiredChoice("decision", RoutingNames.Decisions),
            NextTask = shape.Text("next_task"),
            Priority = shape.Integer("priority") ?? 50,
            EvidenceKey = shape.Text("evidence_key"),
        };
        shape.Finish();
        return rule;
    }
}
