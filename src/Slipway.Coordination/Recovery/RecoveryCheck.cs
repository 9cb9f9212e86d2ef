using Slipway.Coordination.Failures;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Recovery;

/// <summary>What came of looking at one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Uses">How often it had been decided for this step before.</param>
public sealed record RecoveryCheck(RecoveryRule Rule, RecoveryVerdict Verdict, int Uses)
{
    internal string Explain(Failure failure) => $"{Rule.Name} ({Rule.Strategy.Name}, priority {Rule.Priority}): " + Verdict switch
    {
        RecoveryVerdict.Chosen => $"chosen, use {Uses + 1} of {Rule.DecisionLimit}",
        RecoveryVerdict.NotReached => "not looked at: an earlier rule was chosen",
        RecoveryVerdict.UsedUp => $"used up: {Uses} of {Rule.DecisionLimit}",
        RecoveryVerdict.OtherCode => $"is for {string.Join(", ", Rule.Codes)}, not for {failure.Code}",
        RecoveryVerdict.OtherKind when Rule.Kinds.Count == 0 => $"is not for {RunNames.Of(failure.Kind)} failures, which a rule must name",
        RecoveryVerdict.OtherKind => $"is for {string.Join(", ", Rule.Kinds.Select(RunNames.Of))}, not for {RunNames.Of(failure.Kind)}",
        RecoveryVerdict.OtherMessage => $"its pattern '{Rule.Pattern}' is not in the message",
        RecoveryVerdict.PatternTooSlow => $"its pattern '{Rule.Pattern}' took longer than 0.5 s",
        _ => throw new InvalidOperationException($"The verdict {Verdict} does not exist."),
    };
}
