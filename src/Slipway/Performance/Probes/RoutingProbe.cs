using System.Text.Json;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;

namespace Slipway.Performance.Probes;

/// <summary>Routing by four routers and three rules.</summary>
internal sealed class RoutingProbe : IProbe
{
    private const string Decision = "Routing decision";
    private const string Measured = "a decision by four routers and three rules on a state of eight keys";

    public string Group => "routing";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("routing-decision", Decision, Measured, 5, "ms") { Statistic = Statistic.Mean },
        new("routing-decision-max", Decision, Measured, 10, "ms") { Statistic = Statistic.Max },
        new("routing-throughput", "Routing throughput", "decisions a second, one after the other", 100, "/s") { IsFloor = true, Statistic = Statistic.P50 },
        new("routing-time", "routing p99 under 20 µs", Measured, 20, "µs") { Source = TargetSource.Goal },
        new("routing-rate", "200,000 a second", "decisions a second, one after the other", 200_000, "/s")
        {
            Source = TargetSource.Goal, IsFloor = true, Statistic = Statistic.P50,
        },
    ];

    public Task MeasureAsync(ProbeRun run)
    {
        var router = CreateRouter();
        var state = CreateState();
        var seconds = run.Each(run.Scale(50_000), _ => router.Route(state, "generate models", retryCount: 0));
        run.Times("routing-decision", seconds);
        run.Times("routing-decision-max", seconds);
        run.Times("routing-time", seconds, Floors.Beside(seconds, Floors.Switch(run, StateJson()), "a hand-written switch on the same three conditions", "the proposals of all four routers and the reasons that the decision gives"));
        // Rates of a tenth of all decisions each.
        double[] rates = [.. seconds.Chunk(Math.Max(1, seconds.Length / 10)).Select(chunk => chunk.Length / chunk.Sum())];
        run.Values("routing-throughput", rates);
        run.Values("routing-rate", rates);
        return Task.CompletedTask;
    }

    /// <summary>The router that workflows are measured with too.</summary>
    public static SmartRouter CreateRouter()
    {
        var router = new SmartRouter();
        router.AddRouter(new ConditionalRouter(RoutingRuleSet.Of(
            Rule("low-coverage", "quality.coverage", RuleOperator.Less, "0.5", RoutingDecision.Branch),
            Rule("known-language", "language", RuleOperator.In, """["csharp", "fsharp"]""", RoutingDecision.Continue),
            Rule("too-large", "files", RuleOperator.Greater, "1000", RoutingDecision.Parallel))));
        router.AddRouter(new StateAnalysisRouter());
        router.AddRouter(new ParallelRouter([new ParallelizationHint { TaskGroup = ["generate models", "generate validators"] }]));
        router.AddRouter(new PriorityRouter());
        return router;
    }

    /// <summary>A state such as workflows have.</summary>
    public static RoutingState CreateState() => new(StateJson());

    private static JsonElement StateJson() => Json(
        """
        {"language": "csharp", "files": 42, "priority": 50, "stage": "generation", "errors": [], "owner": "platform",
         "quality": {"coverage": 0.83, "lint": 0.97}, "artifacts": ["models", "validators", "tests"]}
        """);

    private static RoutingRule Rule(string id, string key, RuleOperator comparison, string value, RoutingDecision decision) =>
        new() { RuleId = id, Name = id, ConditionKey = key, ConditionOperator = comparison, ConditionValue = Json(value), Decision = decision };

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
