using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Recovery;

/// <summary>What is done about a failure, and why.</summary>
/// <param name="Failure">The failure.</param>
/// <param name="Checks">What came of each rule, in the order in which they were looked at.</param>
public sealed record RecoveryDecision(Failure Failure, IReadOnlyList<RecoveryCheck> Checks)
{
    /// <summary>The rule that is used; null when the failure stands.</summary>
    public RecoveryRule? Rule => Checks.FirstOrDefault(check => check.Verdict is RecoveryVerdict.Chosen)?.Rule;

    /// <summary>What to do; null when the failure stands.</summary>
    public RecoveryStrategy? Strategy => Rule?.Strategy;

    /// <summary>One line of what is done, and one for each rule. Built at each call.</summary>
    public IReadOnlyList<string> Explain() =>
    [
        Rule is { } rule ? $"{Failure.Code} is answered with {rule.Strategy.Name} by the rule '{rule.Name}'" : $"{Failure.Code} stands: no rule fits that may still be used",
        .. Checks.Select(check => check.Explain(Failure)),
    ];
}
