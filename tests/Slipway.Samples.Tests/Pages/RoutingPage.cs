#pragma warning disable // Written as a reader would write it who tries the page.
using System.Text.Json;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/routing.md.</summary>
internal static class RoutingPage
{
    public static async Task RunAsync()
    {
        var rules = RoutingRuleSet.Of(new RoutingRule
        {
            RuleId = "error_retry",
            ConditionKey = "build.error_count",
            ConditionOperator = RuleOperator.Greater,
            ConditionValue = JsonElement.Parse("0"),
            Decision = RoutingDecision.Retry,
            Priority = 100,
        });
        var router = new SmartRouter();
        router.AddRouter(new ConditionalRouter(rules));
        router.AddRouter(new StateAnalysisRouter());
        router.AddRouter(new ParallelRouter([new ParallelizationHint { TaskGroup = ["models", "validators"], Dependencies = ["parse"] }]));
        router.AddRouter(new PriorityRouter());

        var state = JsonElement.Parse("""{"build": {"error_count": 0}, "completed_tasks": ["parse"]}""");
        var routing = router.Route(state, currentTask: "parse", correlationId: "codegen-1");
        Console.WriteLine(routing.Decision);                                      // Parallel
        foreach (var line in routing.Explanation.Explain()) Console.WriteLine(line);
        // parse: parallel, because parallel says so (2 tasks can go at once: models, validators): it alone had something to say
        // conditional abstained (continue at 0.5 x 100 = 50 where all do): no rule matched
        //   rule error_retry (build.error_count > 0 -> retry, priority 100): not matched, found 0
        // …
    }
}
