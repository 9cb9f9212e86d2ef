using System.Text.Json;

namespace Slipway.Coordination.Routing.Routers;

/// <summary>
/// Goes by the task's priority: <c>priority</c> of the custom data, or else of the state, a number from 0 to 100. High ones are proposed
/// at 0.95, low ones at 0.85. In between, and without a priority, it abstains with <c>continue</c> at 0.8, or proposes at 0.8 what the
/// configuration says for in between.
/// </summary>
public sealed class PriorityRouter : IRouter
{
    private readonly PriorityRoutingConfig _config;
    private readonly RouterAnswer _high;
    private readonly RouterAnswer _low;
    private readonly RouterAnswer _between;
    private readonly RouterAnswer _unknown;

    /// <summary>A router for these thresholds.</summary>
    /// <param name="config">What follows from which priority; null for the defaults.</param>
    /// <param name="name">Its name. Default: <c>priority</c>.</param>
    /// <param name="priority">The weight of what it proposes, 0 to 100. Default: 40.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold is out of its range.</exception>
    public PriorityRouter(PriorityRoutingConfig? config = null, string name = "priority", int priority = 40)
    {
        _config = config ?? new PriorityRoutingConfig();
        PriorityRoutingConfig.Validate(_config);
        (Name, Priority) = (name, priority);
        _high = RouterAnswer.Propose(Result(_config.HighDecision, 0.95, "the priority of the task is high"));
        _low = RouterAnswer.Propose(Result(_config.LowDecision, 0.85, "the priority of the task is low"));
        var between = Result(_config.DefaultDecision, 0.8, "the priority of the task is neither high nor low");
        _between = _config.DefaultDecision is RoutingDecision.Continue ? RouterAnswer.Abstain(between) : RouterAnswer.Propose(between);
        _unknown = RouterAnswer.Abstain(Result(RoutingDecision.Continue, 0.8, "the task has no priority that is a number from 0 to 100"));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public RoutingStrategy Strategy => RoutingStrategy.Priority;

    /// <inheritdoc/>
    public int Priority { get; }

    /// <inheritdoc/>
    public RouterAnswer Route(RoutingState state, RoutingContext context)
    {
        var isGiven = (context.CustomData.ValueKind is JsonValueKind.Object && context.CustomData.TryGetProperty("priority"u8, out var given)) || state.TryGet("priority", out given);
        if (!isGiven || given.ValueKind is not JsonValueKind.Number || given.GetDouble() is not (>= 0 and <= 100 and var priority)) return _unknown;
        return priority >= _config.HighThreshold ? _high : priority <= _config.LowThreshold ? _low : _between;
    }

    private static RoutingResult Result(RoutingDecision decision, double confidence, string reasoning) =>
        new() { Decision = decision, Confidence = confidence, Reasoning = reasoning, Strategy = RoutingStrategy.Priority };
}
