using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Agents;

public sealed class AgentMatcherTests
{
    private static readonly AgentNeed Coding = new() { Requires = ["csharp"], Prefers = ["tests"] };
    private readonly ManualTimeProvider _clock = new();
    private readonly AgentRegistry _registry;

    public AgentMatcherTests() => _registry = new AgentRegistry(_clock);

    [Fact]
    public void Match_Parts_AreWeightedAsTheContractSays()
    {
        var agent = _registry.Register("coder", ["csharp", "docs", "sql"], priority: 70, maxConcurrency: 4);
        agent.BeginWork();
        End(agent, StepOutcome.Success, StepOutcome.Success, StepOutcome.Success, Failed());

        var score = new AgentMatcher(_registry).Match(Coding).Scores.Single();

        Assert.Equal((0.25, 0.75, 0.7, 0.75), (score.Capability, score.Idleness, score.Priority, score.SuccessRate));
        Assert.Equal((0.25 * 0.4) + (0.75 * 0.2) + (0.7 * 0.2) + (0.75 * 0.2), score.Confidence, 12);
    }

    [Fact]
    public void Match_AgentWithoutHistory_CountsAsHalfSuccessful()
    {
        _registry.Register("coder", ["csharp"]);

        Assert.Equal(0.5, new AgentMatcher(_registry).Match(Coding).Scores.Single().SuccessRate);
    }

    [Fact]
    public void Match_IdleAgentThatCannotDoIt_IsNoCandidateThoughItsScoreWouldPass()
    {
        _registry.Register("painter", ["colours"], priority: 100);
        _registry.Register("tester", ["tests"], priority: 100);

        var match = new AgentMatcher(_registry).Match(Coding);

        Assert.Null(match.Agent);
        Assert.All(match.Scores, score => Assert.Equal(AgentFit.LacksRequired, score.Fit));
        Assert.True(match.Scores[0].Confidence > 0.3);
        Assert.Equal(AgentFit.NothingInCommon, new AgentMatcher(_registry).Match(new AgentNeed { Prefers = ["csharp"] }).Scores[0].Fit);
    }

    [Fact]
    public void Match_Equals_AreTakenByName()
    {
        foreach (var name in new[] { "c", "a", "b" }) _registry.Register(name, ["csharp"]);

        Assert.Equal(["a", "b", "c"], new AgentMatcher(_registry).Match(Coding).Fitting.Select(agent => agent.Name));
    }

    [Fact]
    public void Match_NobodyReachesTheFloor_NamesTheBestBelowIt()
    {
        var busy = _registry.Register("busy", ["csharp", "a", "b", "c", "d", "e", "f"], priority: 0);
        for (var i = 0; i < 10; i++) busy.BeginWork();

        var match = new AgentMatcher(_registry).Match(Coding);

        Assert.Null(match.Agent);
        Assert.Equal("busy", match.BestBelowFloor!.Agent.Name);
        Assert.NotNull(new AgentMatcher(_registry, new MatchOptions { MinimumConfidence = 0.1 }).Match(Coding).Agent);
    }

    [Fact]
    public void Match_BestIsFull_TakesTheNextAndTheFullOneOnlyWhenAllAre()
    {
        var best = _registry.Register("best", ["csharp"], priority: 100, maxConcurrency: 1);
        var next = _registry.Register("next", ["csharp"], maxConcurrency: 1);
        var matcher = new AgentMatcher(_registry);

        best.Capacity!.TryAcquire();
        Assert.Same(next, matcher.Match(Coding).Agent);
        next.Capacity!.TryAcquire();
        Assert.Same(best, matcher.Match(Coding).Agent);
    }

    [Fact]
    public void Match_AnythingChanges_IsSeenAtOnceThoughCapabilitiesAreCached()
    {
        var matcher = new AgentMatcher(_registry);
        var first = _registry.Register("first", ["csharp"], priority: 60, maxConcurrency: 2);
        Assert.Same(first, matcher.Match(Coding).Agent);

        var second = _registry.Register("second", ["csharp", "tests"]);
        Assert.Same(second, matcher.Match(Coding).Agent);
        var comparisons = matcher.Comparisons;
        _registry.SetStatus("second", AgentStatus.Maintenance);
        Assert.Same(first, matcher.Match(Coding).Agent);
        _registry.SetStatus("second", AgentStatus.Active);
        Assert.Same(second, matcher.Match(Coding).Agent);
        for (var i = 0; i < 10; i++) second.BeginWork();
        End(second, Failed());
        second.BeginWork();
        Assert.True(matcher.Match(Coding).Scores.Single(score => score.Agent == second) is { Idleness: 0, SuccessRate: 0 });
        Assert.Equal(comparisons, matcher.Comparisons);
        _registry.Remove("second");
        Assert.Equal(["first"], matcher.Match(Coding).Scores.Select(score => score.Agent.Name));
    }

    [Fact]
    public void Match_SameNeedInOtherWords_IsComparedOnce()
    {
        _registry.Register("coder", ["csharp"]);
        var matcher = new AgentMatcher(_registry);

        matcher.Match(new AgentNeed { Requires = ["a", "b"], Prefers = ["b", "c"] });
        matcher.Match(new AgentNeed { Requires = ["b", "a", "b"], Prefers = ["c"] });
        Assert.Equal(1, matcher.Comparisons);
        matcher.Match(new AgentNeed { Requires = ["a"], Prefers = ["b", "c"] });
        Assert.Equal(2, matcher.Comparisons);
    }

    [Fact]
    public void Match_CacheOldOrFull_IsComparedAnew()
    {
        var matcher = new AgentMatcher(_registry, new MatchOptions { CacheSize = 2 });
        Ask("a");
        _clock.Advance(TimeSpan.FromSeconds(299));
        Ask("a");
        Assert.Equal(1, matcher.Comparisons);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Ask("a");
        Assert.Equal(2, matcher.Comparisons);
        Ask("b");
        Ask("c");
        Ask("c");
        Assert.Equal(4, matcher.Comparisons);
        Ask("a");
        Assert.Equal(5, matcher.Comparisons);

        void Ask(string capability) => matcher.Match(new AgentNeed { Requires = [capability] });
    }

    [Fact]
    public void Explain_Match_ShowsEveryPartOfEveryScore()
    {
        _registry.Register("coder", ["csharp", "tests"], priority: 80);
        _registry.Register("painter", ["colours"]);
        _registry.Register("away", ["csharp"]);
        _registry.SetStatus("away", AgentStatus.Error);

        Assert.Equal(
            [
                "requires csharp and prefers tests: coder",
                "coder: 0.86 = capability 1 x 0.4 + idleness 1 x 0.2 + priority 0.8 x 0.2 + success 0.5 x 0.2",
                "away: not active",
                "painter: lacks a required capability",
            ],
            new AgentMatcher(_registry).Match(Coding).Explain());
    }

    [Fact]
    public void Options_OutOfRange_AreMisuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentMatcher(_registry, new MatchOptions { MinimumConfidence = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentMatcher(_registry, new MatchOptions { CacheLifetime = TimeSpan.Zero }));
        Assert.Equal((0.3, 300, 1000), (new MatchOptions().MinimumConfidence, new MatchOptions().CacheLifetime.TotalSeconds, new MatchOptions().CacheSize));
    }

    private static void End(RegisteredAgent agent, params StepOutcome[] outcomes)
    {
        foreach (var outcome in outcomes)
        {
            agent.BeginWork();
            agent.EndWork(outcome);
        }
    }

    private static StepOutcome Failed() => StepOutcome.Failed(new Failure { Code = "test", Kind = FailureKind.Permanent, Message = "no" });
}
