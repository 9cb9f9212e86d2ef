using System.Text.Json;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;

namespace Slipway.Coordination.Tests.Routing;

/// <summary>Rules, states and routers, written shortly.</summary>
internal static class TestRouting
{
    public static RoutingState StateOf(string json) => new(JsonElement.Parse(json));

    public static RoutingContext About(string task = "task", int retryCount = 0, string? customData = null) =>
        new() { Number = 1, CurrentTask = task, RetryCount = retryCount, CustomData = customData is null ? default : JsonElement.Parse(customData) };

    public static RoutingRule Rule(string key, string comparison, string value, RoutingDecision decision = RoutingDecision.Branch, string id = "rule", int priority = 50) => new()
    {
        RuleId = id,
        ConditionKey = key,
        ConditionOperator = RoutingNames.Operators[comparison],
        ConditionValue = JsonElement.Parse(value),
        Decision = decision,
        Priority = priority,
    };

    /// <summary>The four routers with their defaults, these rules and one group: models and validators, after parse.</summary>
    public static SmartRouter FourRouters(RoutingOptions? options = null, params RoutingRule[] rules)
    {
        var router = new SmartRouter(options);
        router.AddRouter(new ConditionalRouter(RoutingRuleSet.Of(rules)));
        router.AddRouter(new ParallelRouter([new ParallelizationHint { TaskGroup = ["models", "validators"], Dependencies = ["parse"] }]));
        router.AddRouter(new StateAnalysisRouter());
        router.AddRouter(new PriorityRouter());
        return router;
    }

    /// <summary>A router that answers as it is told.</summary>
    internal sealed class Told(string name, int priority, Func<RoutingState, RoutingContext, RouterAnswer> answer) : IRouter
    {
        public Told(string name, int priority, RoutingDecision decision, double confidence)
            : this(name, priority, (_, _) => RouterAnswer.Propose(new RoutingResult { Decision = decision, Confidence = confidence, Reasoning = "told so", Strategy = RoutingStrategy.Conditional }))
        {
        }

        public string Name => name;

        public RoutingStrategy Strategy => RoutingStrategy.Conditional;

        public int Priority => priority;

        public RouterAnswer Route(RoutingState state, RoutingContext context) => answer(state, context);
    }
}
