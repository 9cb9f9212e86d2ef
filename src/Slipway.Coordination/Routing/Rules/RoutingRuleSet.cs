using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>Rules that were checked, in the order in which they are looked at.</summary>
public sealed class RoutingRuleSet
{
    private const int LongestId = 100;
    private const int LongestTask = 256;

    private RoutingRuleSet(CompiledRule[] rules) => Compiled = rules;

    /// <summary>No rules.</summary>
    public static RoutingRuleSet Empty { get; } = new([]);

    /// <summary>The rules: the highest priority first, then by id.</summary>
    public IReadOnlyList<RoutingRule> Rules => [.. Compiled.Select(rule => rule.Rule)];

    internal CompiledRule[] Compiled { get; }

    /// <summary>Checks rules and puts them in order.</summary>
    /// <returns>The rules, or all problems.</returns>
    public static RoutingRuleCheck Create(IReadOnlyList<RoutingRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var problems = Check(rules.Index());
        return problems.Count > 0 ? new RoutingRuleCheck(null, problems) : new RoutingRuleCheck(
            new RoutingRuleSet([.. rules.OrderByDescending(rule => rule.Priority).ThenBy(rule => rule.RuleId, StringComparer.Ordinal).Select(rule => new CompiledRule(rule))]), []);
    }

    /// <summary>A set of rules that stand in code.</summary>
    /// <exception cref="ArgumentException">The rules have problems.</exception>
    public static RoutingRuleSet Of(params RoutingRule[] rules)
    {
        var check = Create(rules);
        return check.Rules ?? throw new ArgumentException(string.Join(' ', check.Problems), nameof(rules));
    }

    /// <summary>All problems of rules, each with its place among those that were read.</summary>
    internal static List<Diagnostic> Check(IEnumerable<(int Index, RoutingRule Rule)> rules)
    {
        var problems = new List<Diagnostic>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, rule) in rules)
        {
            if (rule.RuleId is not { Length: >= 1 and <= LongestId })
                Add(RoutingCodes.Id, "rule_id", $"The id of rule {index} is empty or too long", $"Give it an id of 1 to {LongestId} characters.");
            else if (!ids.Add(rule.RuleId))
                Add(RoutingCodes.Id, "rule_id", $"Two rules have the id '{rule.RuleId}'", "Give every rule an id of its own.");
            CheckKey("condition_key", rule.ConditionKey);
            if (rule.EvidenceKey is { } evidence) CheckKey("evidence_key", evidence);
            if (rule.EvidenceKey is not null && rule.Decision is not RoutingDecision.Retry)
                Add(RoutingCodes.Evidence, "evidence_key", $"The rule '{rule.RuleId}' names evidence of an error but does not decide for retry", "Remove 'evidence_key'.");
            if (Complaint(rule.ConditionOperator, rule.ConditionValue.ValueKind) is { } needed)
                Add(RoutingCodes.Comparison, "condition_value", $"'{RoutingNames.Of(rule.ConditionOperator)}' of the rule '{rule.RuleId}' needs {needed} but has {JsonShape.Describe(rule.ConditionValue)}", $"Give {needed}, or use another operator.");
            if (rule.Priority is < 0 or > 100)
                Add(RoutingCodes.Range, "priority", $"The priority of the rule '{rule.RuleId}' is not 0 to 100", "Give a value within the range.");
            if (rule.NextTask is { Length: 0 or > LongestTask })
                Add(RoutingCodes.Range, "next_task", $"The next task of the rule '{rule.RuleId}' is empty or too long", $"Name a task with 1 to {LongestTask} characters.");

            void CheckKey(string field, string? key)
            {
                if (key is null || !KeyPath.TryParse(key, out _))
                    Add(RoutingCodes.Key, field, $"'{key}' of the rule '{rule.RuleId}' is no path of keys", @"Write keys separated by single dots; a dot or a backslash inside a key is written \. or \\.");
            }

            void Add(string code, string field, string summary, string fix) =>
                problems.Add(new Diagnostic { Code = code, Summary = summary, Place = new SourcePlace(null, Path: $"rules[{index}].{field}"), Fix = fix });
        }

        return problems;
    }

    private static string? Complaint(RuleOperator comparison, JsonValueKind kind) => comparison switch
    {
        _ when kind is JsonValueKind.Undefined => "a value",
        RuleOperator.Greater or RuleOperator.Less or RuleOperator.GreaterOrEqual or RuleOperator.LessOrEqual =>
            kind is JsonValueKind.Number or JsonValueKind.String ? null : "a number or text",
        RuleOperator.In or RuleOperator.NotIn => kind is JsonValueKind.Array ? null : "a list",
        _ => null,
    };
}
