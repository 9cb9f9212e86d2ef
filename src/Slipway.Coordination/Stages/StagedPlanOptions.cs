using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Stages;

/// <summary>What the steps of a staged plan get that say nothing themselves. Source of the defaults: 004.3 of the coordination contract.</summary>
public sealed record StagedPlanOptions
{
    /// <summary>For steps with the usual retry policy; null to leave it. Default: 2 retries.</summary>
    public RetryPolicy? Retry { get; init; } = RetryPolicy.Default with { MaxRetries = 2 };

    /// <summary>The longest an attempt may take, for steps without timeouts; null for no limit. Default: 300 s.</summary>
    public TimeSpan? StepTimeout { get; init; } = TimeSpan.FromSeconds(300);
}
