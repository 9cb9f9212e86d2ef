using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;
using Slipway.Testing.Time;
using static Slipway.Coordination.Tests.Routing.TestRouting;

namespace Slipway.Coordination.Tests.Routing;

public sealed class SmartRouterTests
{
    [Fact]
    public void Route_NoRouters_ContinuesAtHalf()
    {
        var record = new SmartRouter().Route(StateOf("{}"), "task");

        Assert.Equal((RoutingDecision.Continue, 0.5, 0), (record.Decision, record.Result.Confidence, record.RoutersEvaluated));
        Assert.Equal(["task: continue, because no router could say anything"], record.Explanation.Explain());
    }

    [Fact]
    public void Route_SeveralPropose_TheHighestScoreWins()
    {
        var router = FourRouters(rules: Rule("phase", "==", "\"done\"", RoutingDecision.End));

        Assert.Equal(RoutingDecision.End, router.Route(StateOf("""{"phase":"done","required_data":null,"priority":5}"""), "task").Decision);
        Assert.Equal((RoutingDecision.Skip, RoutingStrategy.StateAnalysis), Decided(router.Route(StateOf("""{"required_data":null,"priority":90}"""), "task")));
    }

    [Fact]
    public void Route_AllAbstain_TheDefaultWithTheHighestScoreHolds() =>
        Assert.Equal((RoutingDecision.Continue, RoutingStrategy.StateAnalysis), Decided(FourRouters().Route(StateOf("{}"), "task")));

    [Fact]
    public void Route_EqualScores_GoByPriorityThenGravityThenName()
    {
        Assert.Equal("b", Winner(new Told("a", 50, RoutingDecision.Error, 0.8), new Told("b", 80, RoutingDecision.Continue, 0.5)));
        Assert.Equal("b", Winner(new Told("a", 50, RoutingDecision.Skip, 0.8), new Told("b", 50, RoutingDecision.Error, 0.8)));
        Assert.Equal("a", Winner(new Told("b", 50, RoutingDecision.Skip, 0.8), new Told("a", 50, RoutingDecision.Skip, 0.8)));

        static string Winner(params IRouter[] routers)
        {
            var (forwards, backwards) = (new SmartRouter(), new SmartRouter());
            foreach (var router in routers) forwards.AddRouter(router);
            foreach (var router in routers.Reverse()) backwards.AddRouter(router);
            var winner = forwards.Route(RoutingState.Empty, "task").Explanation.Winner!.Value.Name;
            Assert.Equal(winner, backwards.Route(RoutingState.Empty, "task").Explanation.Winner!.Value.Name);
            return winner;
        }
    }

    [Fact]
    public void Route_ARouterThatThrowsOrIsSilent_IsSkippedLoggedAndNamed()
    {
        var log = new RecordingLogger();
        var router = FourRouters(new RoutingOptions { Logger = log });
        router.AddRouter(new Told("broken", 90, (_, _) => throw new InvalidOperationException("out of order")));
        router.AddRouter(new Told("silent", 90, (_, _) => null!));
        router.AddRouter(new Told("sure", 90, (_, _) => RouterAnswer.Propose(new RoutingResult { Decision = RoutingDecision.End, Confidence = 1.5, Reasoning = "", Strategy = RoutingStrategy.Conditional })));

        var record = router.Route(StateOf("""{"error":"x"}"""), "task");

        Assert.Equal((RoutingDecision.Retry, 4), (record.Decision, record.RoutersEvaluated));
        Assert.Contains("broken failed and was skipped: out of order", record.Explanation.Explain());
        Assert.Contains("silent failed and was skipped: it gave no answer", record.Explanation.Explain());
        Assert.Equal(["broken", "silent", "sure"], log.Lines.Select(line => line.Split(' ')[2]));
    }

    [Fact]
    public void Explain_Decision_NamesRoutersRulesScoresAndTheGround()
    {
        var router = FourRouters(rules: [Rule("build.errors", ">", "3", RoutingDecision.End, "many", 90), Rule("phase", "==", "\"x\"", RoutingDecision.Skip, "phase"), Rule("size", ">", "1", RoutingDecision.Branch, "size", 10)]);

        var lines = router.Route(StateOf("""{"build":{"errors":2},"size":"big","completed_tasks":["parse"]}"""), "parse").Explanation.Explain();

        Assert.Equal(
            [
                "parse: parallel, because parallel says so (2 tasks can go at once: models, validators): it alone had something to say",
                "conditional abstained (continue at 0.5 x 100 = 50 where all do): no rule matched",
                "  rule many (build.errors > 3 -> end, priority 90): not matched, found 2",
                "  rule phase (phase == \"x\" -> skip, priority 50): not matched, the key is not there",
                "  rule size (size > 1 -> branch, priority 10): not matched, found \"big\", which cannot be compared so",
                "state_analysis abstained (continue at 0.9 x 80 = 72 where all do): the state shows nothing unusual",
                "parallel won with parallel at 0.9 x 60 = 54: 2 tasks can go at once: models, validators",
                "priority abstained (continue at 0.8 x 40 = 32 where all do): the task has no priority that is a number from 0 to 100",
            ],
            lines);
    }

    [Fact]
    public void Explain_AfterTheDocumentIsGone_StillWorks()
    {
        var router = FourRouters(rules: Rule("k", "==", "\"x\""));
        RoutingHistoryRecord record;
        using (var document = JsonDocument.Parse("""{"k":"y"}"""))
        using (var custom = JsonDocument.Parse("""{"priority":90}"""))
        {
            record = router.Route(document.RootElement, "task", customData: custom.RootElement);
        }

        Assert.Contains(record.Explanation.Explain(), line => line.Contains("found \"y\"", StringComparison.Ordinal));
        Assert.Equal(90, record.Context.CustomData.GetProperty("priority").GetInt32());
    }

    [Fact]
    public void Route_AnyCulture_GivesTheSameTexts()
    {
        var culture = CultureInfo.CurrentCulture;
        var before = Explain();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(before, Explain());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        static IReadOnlyList<string> Explain() => FourRouters(rules: Rule("k", ">", "-0.5")).Route(StateOf("""{"k":-0.25,"errors":[1]}"""), "task").Explanation.Explain();
    }

    [Fact]
    public void GetHistory_MoreThanItHolds_KeepsTheNewestNewestFirst()
    {
        var router = FourRouters(new RoutingOptions { MaxHistorySize = 3 });
        foreach (var task in new[] { "a", "b", "a", "b", "a" }) router.Route(StateOf("{}"), task);

        Assert.Equal(["routing-5", "routing-4", "routing-3"], router.GetHistory().Select(record => record.RoutingId));
        Assert.Equal(["routing-5"], router.GetHistory("a", limit: 1).Select(record => record.RoutingId));
        Assert.Equal(5, router.GetStats().Total);
    }

    [Fact]
    public void GetStats_Routings_AreSummed()
    {
        var clock = new ManualTimeProvider();
        var router = FourRouters(new RoutingOptions { Time = clock });
        router.AddRouter(new Told("slow", 1, (state, _) =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(state.TryGet("wait", out var wait) ? wait.GetInt32() : 0));
            return RouterAnswer.Abstain(new RoutingResult { Decision = RoutingDecision.Continue, Confidence = 0, Reasoning = "", Strategy = RoutingStrategy.Conditional });
        }));
        foreach (var state in new[] { """{"wait":1}""", """{"wait":5}""", """{"wait":3,"required_data":[]}""" }) router.Route(StateOf(state), "task");

        var stats = router.GetStats();
        Assert.Equal((3, 3d, 1d, 5d), (stats.Total, stats.Average.TotalMilliseconds, stats.Shortest.TotalMilliseconds, stats.Longest.TotalMilliseconds));
        Assert.Equal((2, 1), (stats.Decisions[RoutingDecision.Continue], stats.Decisions[RoutingDecision.Skip]));
        Assert.Equal(3, Assert.Single(stats.Strategies).Value);
        router.ClearHistory();
        Assert.Equal((0, 0), (router.GetStats().Total, router.GetHistory().Count));
    }

    [Fact]
    public void AddRouter_TakenNameOrBadPriority_IsMisuse()
    {
        var router = FourRouters();

        Assert.Throws<ArgumentException>(() => router.AddRouter(new PriorityRouter()));
        Assert.Throws<ArgumentOutOfRangeException>(() => router.AddRouter(new PriorityRouter(name: "p", priority: 101)));
        Assert.True(router.RemoveRouter("priority"));
        Assert.False(router.RemoveRouter("priority"));
        router.AddRouter(new PriorityRouter());
        Assert.Equal(["conditional", "state_analysis", "parallel", "priority"], router.Routers);
    }

    [Fact]
    public void Route_ArgumentsOutOfRange_AreMisuse()
    {
        var router = FourRouters();

        Assert.Throws<ArgumentException>(() => router.Route(RoutingState.Empty, ""));
        Assert.Throws<ArgumentException>(() => router.Route(RoutingState.Empty, new string('x', 257)));
        Assert.Throws<ArgumentOutOfRangeException>(() => router.Route(RoutingState.Empty, "task", TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => router.Route(RoutingState.Empty, "task", retryCount: -1));
        Assert.Throws<ArgumentException>(() => router.Route(JsonElement.Parse("[]"), "task"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmartRouter(new RoutingOptions { MaxHistorySize = 0 }));
    }

    [Fact]
    public async Task Route_ManyThreads_CountsEveryRoutingOnce()
    {
        var router = FourRouters(new RoutingOptions { MaxHistorySize = 10_000 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++) router.Route(StateOf("""{"priority":90}"""), "task");
        })));

        Assert.Equal(4000, router.GetStats().Total);
        Assert.Equal(4000, router.GetHistory().Select(record => record.RoutingId).Distinct().Count());
    }

    internal static (RoutingDecision Decision, RoutingStrategy Strategy) Decided(RoutingHistoryRecord record) => (record.Decision, record.Result.Strategy);
}
