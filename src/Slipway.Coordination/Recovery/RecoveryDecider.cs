using System.Text.RegularExpressions;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Recovery;

/// <summary>Chooses what is done about a failure. Pure: the same policy, failure and history give the same decision.</summary>
public static class RecoveryDecider
{
    /// <summary>Chooses the first rule, by priority and then by order, that fits and may still be used.</summary>
    /// <param name="policy">The rules.</param>
    /// <param name="failure">The failure of the step's last attempt.</param>
    /// <param name="history">The names of the rules that were decided on for this step before, one for each decision.</param>
    public static RecoveryDecision Decide(RecoveryPolicy policy, Failure failure, IReadOnlyList<string> history)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(history);
        var checks = new RecoveryCheck[policy.InOrder.Count];
        var isDecided = false;
        for (var i = 0; i < checks.Length; i++)
        {
            var (rule, pattern) = policy.InOrder[i];
            var uses = history.Count(name => name == rule.Name);
            var verdict = isDecided ? RecoveryVerdict.NotReached : Look(rule, pattern, failure, uses);
            isDecided |= verdict is RecoveryVerdict.Chosen;
            checks[i] = new RecoveryCheck(rule, verdict, uses);
        }

        return new RecoveryDecision(failure, checks);
    }

    private static RecoveryVerdict Look(RecoveryRule rule, Regex? pattern, Failure failure, int uses)
    {
        if (rule.Codes.Count > 0 && !rule.Codes.Contains(failure.Code, StringComparer.Ordinal)) return RecoveryVerdict.OtherCode;
        var isMeant = rule.Kinds.Count > 0 ? rule.Kinds.Contains(failure.Kind) : failure.Kind is not (FailureKind.Cancelled or FailureKind.Interrupted);
        if (!isMeant) return RecoveryVerdict.OtherKind;
        try
        {
            if (pattern is not null && !pattern.IsMatch(failure.Message)) return RecoveryVerdict.OtherMessage;
        }
        catch (RegexMatchTimeoutException)
        {
            return RecoveryVerdict.PatternTooSlow;
        }

        return uses < rule.DecisionLimit ? RecoveryVerdict.Chosen : RecoveryVerdict.UsedUp;
    }
}
