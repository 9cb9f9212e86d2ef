using System.Text.Json;

namespace Slipway.Coordination.Plans;

/// <summary>How to undo what a step did to the world. It must be harmless to do it twice, and when there is nothing to undo.</summary>
public sealed record CompensationAction
{
    /// <summary>Who undoes it.</summary>
    public required string Agent { get; init; }

    /// <summary>What that agent is given beside the step's own input and output; an undefined element means nothing. No secrets: it is journaled.</summary>
    public JsonElement Input { get; init; }

    /// <summary>When the undoing is tried again. Default: three retries after 1, 2 and 4 seconds.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>How long the undoing may take. Default: no limits.</summary>
    public StepTimeouts Timeouts { get; init; } = StepTimeouts.None;
}
