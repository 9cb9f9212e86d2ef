using System.Globalization;

namespace Slipway.Coordination.Routing.Routers;

/// <summary>
/// Goes by what the state shows, in this order: an error is <c>retry</c> at 0.95, and <c>error</c> at 0.95 once the retry budget is used
/// up; missing data is <c>skip</c> at 0.8; a complexity above the limit is <c>branch</c> at 0.85. Otherwise it abstains with
/// <c>continue</c> at 0.9. <see cref="StateComplexityMetrics"/> says what counts as which.
/// </summary>
/// <param name="maxComplexityScore">The highest complexity that is still normal, 0 to 1. Default: 0.8.</param>
/// <param name="name">Its name. Default: <c>state_analysis</c>.</param>
/// <param name="priority">The weight of what it proposes, 0 to 100. Default: 80.</param>
public sealed class StateAnalysisRouter(double maxComplexityScore = 0.8, string name = "state_analysis", int priority = 80) : IRouter
{
    private static readonly RouterAnswer Retry = RouterAnswer.Propose(Result(RoutingDecision.Retry, 0.95, "the state shows an error"));
    private static readonly RouterAnswer Error = RouterAnswer.Propose(Result(RoutingDecision.Error, 0.95, "the state shows an error, and the retry budget is used up"));
    private static readonly RouterAnswer Skip = RouterAnswer.Propose(Result(RoutingDecision.Skip, 0.8, "the state lacks required data"));
    private static readonly RouterAnswer Normal = RouterAnswer.Abstain(Result(RoutingDecision.Continue, 0.9, "the state shows nothing unusual"));

    private readonly double _limit = maxComplexityScore is >= 0 and <= 1
        ? maxComplexityScore
        : throw new ArgumentOutOfRangeException(nameof(maxComplexityScore), maxComplexityScore, "A complexity is 0 to 1.");

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public RoutingStrategy Strategy => RoutingStrategy.StateAnalysis;

    /// <inheritdoc/>
    public int Priority => priority;

    /// <inheritdoc/>
    public RouterAnswer Route(RoutingState state, RoutingContext context)
    {
        var metrics = state.Metrics;
        if (metrics.HasErrors) return context.HasRetriesLeft ? Retry : Error;
        if (metrics.HasIncompleteData) return Skip;
        if (metrics.ComplexityScore <= _limit) return Normal;
        var reasoning = string.Create(CultureInfo.InvariantCulture, $"the complexity of the state is {metrics.ComplexityScore:0.###}, above {_limit:0.###}");
        return RouterAnswer.Propose(Result(RoutingDecision.Branch, 0.85, reasoning));
    }

    private static RoutingResult Result(RoutingDecision decision, double confidence, string reasoning) =>
        new() { Decision = decision, Confidence = confidence, Reasoning = reasoning, Strategy = RoutingStrategy.StateAnalysis };
}
