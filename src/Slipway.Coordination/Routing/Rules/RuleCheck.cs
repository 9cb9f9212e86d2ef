namespace Slipway.Coordination.Routing.Rules;

/// <summary>What came of looking at one rule.</summary>
public readonly record struct RuleCheck
{
    private readonly FoundValue _found;

    internal RuleCheck(RoutingRule rule, RuleVerdict verdict, FoundValue found) => (Rule, Verdict, _found) = (rule, verdict, found);

    /// <summary>The rule.</summary>
    public RoutingRule Rule { get; }

    /// <summary>What came of it.</summary>
    public RuleVerdict Verdict { get; }

    /// <summary>One line that says it: the rule, what was found, and what follows.</summary>
    public string Explain()
    {
        var condition = $"{Rule.ConditionKey} {RoutingNames.Of(Rule.ConditionOperator)} {FoundValue.Of(Rule.ConditionValue)}";
        return $"rule {Rule.RuleId} ({condition} -> {RoutingNames.Of(Rule.Decision)}, priority {Rule.Priority}): " + Verdict switch
        {
            RuleVerdict.Matched => $"matched, found {_found}",
            RuleVerdict.NotMatched => $"not matched, found {_found}",
            RuleVerdict.KeyMissing => "not matched, the key is not there",
            RuleVerdict.NotComparable => $"not matched, found {_found}, which cannot be compared so",
            RuleVerdict.NoError => $"not matched, found {_found}, but no error shows at {CompiledRule.EvidenceKeyOf(Rule) ?? StateSigns.UsualErrorKeys}",
            _ => throw new InvalidOperationException($"The verdict {Verdict} does not exist."),
        };
    }
}
