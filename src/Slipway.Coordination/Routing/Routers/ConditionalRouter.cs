using Slipway.Coordination.Routing.Rules;

namespace Slipway.Coordination.Routing.Routers;

/// <summary>
/// Goes by rules: the first that matches, by priority and then by id, is proposed with confidence 1. Without one it abstains with
/// <c>continue</c> at 0.5.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="name">Its name. Default: <c>conditional</c>.</param>
/// <param name="priority">The weight of what it proposes, 0 to 100. Default: 100.</param>
public sealed class ConditionalRouter(RoutingRuleSet rules, string name = "conditional", int priority = 100) : IRouter
{
    private static readonly RoutingResult NoRule = new()
    {
        Decision = RoutingDecision.Continue,
        Confidence = 0.5,
        Reasoning = "no rule matched",
        Strategy = RoutingStrategy.Conditional,
    };

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public RoutingStrategy Strategy => RoutingStrategy.Conditional;

    /// <inheritdoc/>
    public int Priority => priority;

    /// <inheritdoc/>
    public RouterAnswer Route(RoutingState state, RoutingContext context)
    {
        var checks = new List<RuleCheck>(Math.Min(rules.Compiled.Length, 8));
        foreach (var rule in rules.Compiled)
        {
            var check = rule.Check(state);
            checks.Add(check);
            if (check.Verdict is RuleVerdict.Matched) return RouterAnswer.Propose(rule.Result, checks);
        }

        return RouterAnswer.Abstain(NoRule, checks);
    }
}
