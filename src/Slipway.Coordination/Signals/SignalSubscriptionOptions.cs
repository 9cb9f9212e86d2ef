namespace Slipway.Coordination.Signals;

/// <summary>What a subscription gives, and how it meets a consumer that is slow.</summary>
public sealed record SignalSubscriptionOptions
{
    /// <summary>
    /// On whose behalf it is made, 1 to 100 characters: signals addressed to this agent reach it as well as those for everybody. Null for
    /// signals to everybody only. Default: null.
    /// </summary>
    public string? AgentId { get; init; }

    /// <summary>True to see addressed signals whoever they are for, as a log or a display does. Default: false.</summary>
    public bool IncludeAddressed { get; init; }

    /// <summary>Which signals; null for all. Default: null.</summary>
    public SignalFilter? Filter { get; init; }

    /// <summary>Where it begins. Default: with the next signal.</summary>
    public SignalStart From { get; init; }

    /// <summary>
    /// How many signals that fit may wait for the consumer, 1 to 10,000,000; no more than the hub's history keeps. Default: 1,000.
    /// </summary>
    public int Capacity { get; init; } = 1_000;

    /// <summary>What happens when that many wait. Default: publishers wait.</summary>
    public SlowConsumerPolicy SlowConsumer { get; init; }

    internal static void Validate(SignalSubscriptionOptions options)
    {
        var problem = options.AgentId is not null && !SignalChecks.IsName(options.AgentId) ? "AgentId must have 1 to 100 characters without control characters"
            : options.Capacity is < 1 or > 10_000_000 ? "Capacity must be 1 to 10,000,000"
            : options.SlowConsumer is < SlowConsumerPolicy.Wait or > SlowConsumerPolicy.Fail ? "SlowConsumer must be a known policy"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }
}
