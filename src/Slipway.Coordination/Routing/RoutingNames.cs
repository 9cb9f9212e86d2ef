namespace Slipway.Coordination.Routing;

/// <summary>The stable snake-case names of decisions, strategies and operators, as rule files and records show them.</summary>
public static class RoutingNames
{
    internal static readonly IReadOnlyDictionary<string, RoutingDecision> Decisions = Enum.GetValues<RoutingDecision>().ToDictionary(Of);

    internal static readonly IReadOnlyDictionary<string, Rules.RuleOperator> Operators = Enum.GetValues<Rules.RuleOperator>().ToDictionary(Of);

    /// <summary>The name of a decision.</summary>
    public static string Of(RoutingDecision value) => value switch
    {
        RoutingDecision.Error => "error",
        RoutingDecision.End => "end",
        RoutingDecision.Retry => "retry",
        RoutingDecision.Parallel => "parallel",
        RoutingDecision.Conditional => "conditional",
        RoutingDecision.Branch => "branch",
        RoutingDecision.Skip => "skip",
        RoutingDecision.Continue => "continue",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a decision."),
    };

    /// <summary>The name of a strategy.</summary>
    public static string Of(RoutingStrategy value) => value switch
    {
        RoutingStrategy.Conditional => "conditional",
        RoutingStrategy.Parallel => "parallel",
        RoutingStrategy.StateAnalysis => "state_analysis",
        RoutingStrategy.Priority => "priority",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a strategy."),
    };

    /// <summary>The sign or word of an operator.</summary>
    public static string Of(Rules.RuleOperator value) => value switch
    {
        Rules.RuleOperator.Equal => "==",
        Rules.RuleOperator.NotEqual => "!=",
        Rules.RuleOperator.Greater => ">",
        Rules.RuleOperator.Less => "<",
        Rules.RuleOperator.GreaterOrEqual => ">=",
        Rules.RuleOperator.LessOrEqual => "<=",
        Rules.RuleOperator.In => "in",
        Rules.RuleOperator.NotIn => "not_in",
        Rules.RuleOperator.Contains => "contains",
        Rules.RuleOperator.NotContains => "not_contains",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not an operator."),
    };
}
