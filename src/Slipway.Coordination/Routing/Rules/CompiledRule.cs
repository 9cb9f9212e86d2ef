using System.Text.Json;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>A rule, ready to be looked at many times.</summary>
internal sealed class CompiledRule
{
    private readonly KeyPath _key;
    private readonly KeyPath? _evidence;
    private readonly JsonElement _value;

    public CompiledRule(RoutingRule rule)
    {
        _key = Parse(rule.ConditionKey);
        _value = rule.ConditionValue.Clone();
        // The document that the rule was read from may be gone when it is looked at.
        Rule = rule with { ConditionValue = _value };
        var evidence = rule.Decision is RoutingDecision.Retry ? EvidenceKeyOf(rule) : null;
        _evidence = evidence is null ? null : Parse(evidence);
        Result = new RoutingResult
        {
            Decision = rule.Decision,
            Confidence = 1,
            Reasoning = $"the rule '{rule.Name ?? rule.RuleId}' matched: {rule.ConditionKey} {RoutingNames.Of(rule.ConditionOperator)} {FoundValue.Of(_value)}",
            Strategy = RoutingStrategy.Conditional,
            NextTask = rule.NextTask,
            EvidenceKey = evidence,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["rule_id"] = rule.RuleId },
        };
    }

    public RoutingRule Rule { get; }

    /// <summary>What the rule proposes when it matches.</summary>
    public RoutingResult Result { get; }

    /// <summary>Where the error of a retry shows; null for the usual keys.</summary>
    public static string? EvidenceKeyOf(RoutingRule rule) =>
        rule.EvidenceKey ?? (Parse(rule.ConditionKey).Keys.Any(StateSigns.IsErrorKey) ? rule.ConditionKey : null);

    public RuleCheck Check(RoutingState state)
    {
        if (!_key.TryFind(state, out var found)) return new RuleCheck(Rule, RuleVerdict.KeyMissing, default);
        var verdict = IsMatch(found) switch { true => RuleVerdict.Matched, false => RuleVerdict.NotMatched, null => RuleVerdict.NotComparable };
        if (verdict is RuleVerdict.Matched && Rule.Decision is RoutingDecision.Retry && !StateSigns.ShowsErrorFor(state, _evidence)) verdict = RuleVerdict.NoError;
        return new RuleCheck(Rule, verdict, FoundValue.Of(found));
    }

    private static KeyPath Parse(string text) => KeyPath.TryParse(text, out var path) ? path : throw new ArgumentException($"'{text}' is no path of keys.", nameof(text));

    private bool? IsMatch(JsonElement found) => Rule.ConditionOperator switch
    {
        RuleOperator.Equal => JsonComparison.AreEqual(found, _value),
        RuleOperator.NotEqual => !JsonComparison.AreEqual(found, _value),
        RuleOperator.Greater => JsonComparison.Compare(found, _value) > 0 ? true : Otherwise(found),
        RuleOperator.Less => JsonComparison.Compare(found, _value) < 0 ? true : Otherwise(found),
        RuleOperator.GreaterOrEqual => JsonComparison.Compare(found, _value) >= 0 ? true : Otherwise(found),
        RuleOperator.LessOrEqual => JsonComparison.Compare(found, _value) <= 0 ? true : Otherwise(found),
        RuleOperator.In => Holds(_value, found),
        RuleOperator.NotIn => !Holds(_value, found),
        RuleOperator.Contains => Contains(found),
        RuleOperator.NotContains => !Contains(found),
        _ => throw new InvalidOperationException($"The operator {Rule.ConditionOperator} does not exist."),
    };

    private bool? Otherwise(JsonElement found) => found.ValueKind == _value.ValueKind ? false : null;

    private bool? Contains(JsonElement found) => (found.ValueKind, _value.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => found.GetString()!.Contains(_value.GetString()!, StringComparison.Ordinal),
        (JsonValueKind.Object, JsonValueKind.String) => found.TryGetProperty(_value.GetString()!, out _),
        (JsonValueKind.Array, _) => Holds(found, _value),
        _ => null,
    };

    private static bool Holds(JsonElement list, JsonElement value)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (JsonComparison.AreEqual(item, value)) return true;
        }

        return false;
    }
}
