namespace Slipway.Coordination.Routing.Rules;

/// <summary>What came of looking at a rule.</summary>
public enum RuleVerdict
{
    /// <summary>It holds.</summary>
    Matched,

    /// <summary>It does not hold.</summary>
    NotMatched,

    /// <summary>The state has no such key.</summary>
    KeyMissing,

    /// <summary>The operator cannot compare what was found with the rule's value.</summary>
    NotComparable,

    /// <summary>It holds, but the state shows no error that a retry could answer.</summary>
    NoError,
}
