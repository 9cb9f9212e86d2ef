namespace Slipway.Coordination.Routing;

/// <summary>What follows from the priority of a task.</summary>
public sealed record PriorityRoutingConfig
{
    /// <summary>From where on a priority is high, 0 to 100 and above <see cref="LowThreshold"/>. Default: 80.</summary>
    public double HighThreshold { get; init; } = 80;

    /// <summary>Up to where a priority is low, 0 to 100. Default: 20.</summary>
    public double LowThreshold { get; init; } = 20;

    /// <summary>What to do at a high priority. Default: continue.</summary>
    public RoutingDecision HighDecision { get; init; } = RoutingDecision.Continue;

    /// <summary>What to do at a low priority. Default: skip.</summary>
    public RoutingDecision LowDecision { get; init; } = RoutingDecision.Skip;

    /// <summary>What to do in between. Continue is no proposal; anything else is one. Default: continue.</summary>
    public RoutingDecision DefaultDecision { get; init; } = RoutingDecision.Continue;

    internal static void Validate(PriorityRoutingConfig config)
    {
        if (!(config.LowThreshold >= 0 && config.LowThreshold < config.HighThreshold && config.HighThreshold <= 100))
            throw new ArgumentOutOfRangeException(nameof(config), "The thresholds must be 0 to 100, the low one below the high one.");
    }
}
