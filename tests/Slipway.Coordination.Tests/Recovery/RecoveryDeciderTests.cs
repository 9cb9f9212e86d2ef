using Slipway.Coordination.Failures;
using Slipway.Coordination.Recovery;

namespace Slipway.Coordination.Tests.Recovery;

public sealed class RecoveryDeciderTests
{
    [Fact]
    public void Decide_NoRules_TheFailureStands()
    {
        var decision = RecoveryDecider.Decide(RecoveryPolicy.None, FailureOf(), []);

        Assert.Null(decision.Strategy);
        Assert.Equal(["E1 stands: no rule fits that may still be used"], decision.Explain());
    }

    [Fact]
    public void Decide_SeveralFit_TheHighestPriorityGoesFirstThenTheOrder()
    {
        var policy = RecoveryPolicy.Of(Rule("low") with { Priority = 1 }, Rule("first"), Rule("second"), Rule("high") with { Priority = 10 });

        Assert.Equal(["high", "first", "second", "low"], RecoveryDecider.Decide(policy, FailureOf(), []).Checks.Select(check => check.Rule.Name));
        Assert.Equal("high", RecoveryDecider.Decide(policy, FailureOf(), []).Rule!.Name);
    }

    [Fact]
    public void Decide_RulesUsedUp_GoesOnToTheNextAndEndsAtLast()
    {
        var policy = RecoveryPolicy.Of(
            Rule("again") with { Priority = 9, Strategy = new RetryRecovery { MaxRetries = 2 } },
            Rule("other") with { Strategy = new AlternativePath { Agent = "other" } });
        var history = new List<string>();
        while (RecoveryDecider.Decide(policy, FailureOf(), history).Rule is { } rule) history.Add(rule.Name);

        Assert.Equal(["again", "again", "other"], history);
    }

    [Fact]
    public void Decide_MaxUses_MultipliesTheAttemptsOfARetry()
    {
        var policy = RecoveryPolicy.Of(Rule("again") with { MaxUses = 2, Strategy = new RetryRecovery { MaxRetries = 3 } });

        Assert.NotNull(RecoveryDecider.Decide(policy, FailureOf(), [.. Enumerable.Repeat("again", 5)]).Rule);
        Assert.Null(RecoveryDecider.Decide(policy, FailureOf(), [.. Enumerable.Repeat("again", 6)]).Rule);
    }

    [Fact]
    public void Decide_Conditions_MustAllFit()
    {
        var rule = Rule("rule") with { Codes = ["E1", "E2"], Kinds = [FailureKind.Timeout], Pattern = "disk|memory" };
        var policy = RecoveryPolicy.Of(rule);

        Assert.Equal(RecoveryVerdict.Chosen, Verdict(FailureOf("E2", FailureKind.Timeout, "out of MEMORY")));
        Assert.Equal(RecoveryVerdict.OtherCode, Verdict(FailureOf("E3", FailureKind.Timeout, "out of memory")));
        Assert.Equal(RecoveryVerdict.OtherKind, Verdict(FailureOf("E1", FailureKind.Permanent, "out of memory")));
        Assert.Equal(RecoveryVerdict.OtherMessage, Verdict(FailureOf("E1", FailureKind.Timeout, "out of luck")));

        RecoveryVerdict Verdict(Failure failure) => RecoveryDecider.Decide(policy, failure, []).Checks.Single().Verdict;
    }

    [Theory]
    [InlineData(FailureKind.Transient, true)]
    [InlineData(FailureKind.Permanent, true)]
    [InlineData(FailureKind.Timeout, true)]
    [InlineData(FailureKind.Cancelled, false)]
    [InlineData(FailureKind.Interrupted, false)]
    public void Decide_RuleWithoutKinds_LeavesWhatWasAskedForOrNotSeen(FailureKind kind, bool isRecovered)
    {
        Assert.Equal(isRecovered, RecoveryDecider.Decide(RecoveryPolicy.Of(Rule("any")), FailureOf(kind: kind), []).Rule is not null);
        Assert.NotNull(RecoveryDecider.Decide(RecoveryPolicy.Of(Rule("named") with { Kinds = [kind] }), FailureOf(kind: kind), []).Rule);
    }

    [Fact]
    public void Decide_PatternThatBacktracksForEver_CountsAsNotFoundAndTheNextRuleIsAsked()
    {
        var policy = RecoveryPolicy.Of(Rule("slow") with { Priority = 9, Pattern = "^(?=(a+)+$)" }, Rule("next"));

        var decision = RecoveryDecider.Decide(policy, FailureOf(message: new string('a', 60) + "!"), []);

        Assert.Equal([RecoveryVerdict.PatternTooSlow, RecoveryVerdict.Chosen], decision.Checks.Select(check => check.Verdict));
    }

    [Fact]
    public void Explain_Decision_SaysOfEachRuleWhy()
    {
        var policy = RecoveryPolicy.Of(
            Rule("quota") with { Priority = 9, Codes = ["E7"] },
            Rule("used") with { Priority = 8 },
            Rule("spare") with { Priority = 7, Strategy = new AlternativePath { Agent = "spare" } },
            Rule("late"));

        Assert.Equal(
            [
                "E1 is answered with alternative_path by the rule 'spare'",
                "quota (graceful_degradation, priority 9): is for E7, not for E1",
                "used (graceful_degradation, priority 8): used up: 1 of 1",
                "spare (alternative_path, priority 7): chosen, use 1 of 1",
                "late (graceful_degradation, priority 5): not looked at: an earlier rule was chosen",
            ],
            RecoveryDecider.Decide(policy, FailureOf(), ["used"]).Explain());
    }

    private static RecoveryRule Rule(string name) => new() { Name = name, Strategy = new GracefulDegradation() };

    private static Failure FailureOf(string code = "E1", FailureKind kind = FailureKind.Permanent, string message = "no") => new() { Code = code, Kind = kind, Message = message };
}
