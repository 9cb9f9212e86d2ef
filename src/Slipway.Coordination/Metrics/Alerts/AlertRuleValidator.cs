using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>Finds everything that is wrong with rules.</summary>
public static class AlertRuleValidator
{
    /// <summary>All problems of all rules, each with the path of what is wrong; empty when they are usable.</summary>
    /// <param name="rules">The rules.</param>
    public static IReadOnlyList<Diagnostic> Check(IReadOnlyList<AlertRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var problems = new List<Diagnostic>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            RequireLength(problems, $"[{i}].rule_id", rule.RuleId, 100);
            RequireLength(problems, $"[{i}].metric_name", rule.MetricName, 100);
            RequireLength(problems, $"[{i}].message_template", rule.MessageTemplate, 1_000);
            if (!double.IsFinite(rule.Threshold)) problems.Add(AlertProblems.Value($"[{i}].threshold", "it is not a finite number"));
            if (!Enum.IsDefined(rule.Operator)) problems.Add(AlertProblems.Value($"[{i}].operator", "it is none of those known"));
            if (!Enum.IsDefined(rule.Severity)) problems.Add(AlertProblems.Value($"[{i}].severity", "it is none of those known"));
            if (rule.MessageTemplate is not null && AlertMessage.TryParse(rule.MessageTemplate, out var problem) is null)
                problems.Add(AlertProblems.Value($"[{i}].message_template", problem!));
            if (rule.RuleId is not null && !ids.Add(rule.RuleId)) problems.Add(AlertProblems.UsedTwice($"[{i}].rule_id", rule.RuleId));
        }

        return problems;
    }

    private static void RequireLength(List<Diagnostic> problems, string path, string? text, int most)
    {
        if (text is null || text.Length < 1 || text.Length > most) problems.Add(AlertProblems.Value(path, $"it must have 1 to {most} characters"));
    }
}
