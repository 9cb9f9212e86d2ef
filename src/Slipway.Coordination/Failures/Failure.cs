namespace Slipway.Coordination.Failures;

/// <summary>Why an attempt at a step did not succeed. Failures are data: they are journaled, shown and decided on.</summary>
public sealed record Failure
{
    /// <summary>A stable code: a diagnostics code such as <c>SLW5101</c>, or one of the agent's own.</summary>
    public required string Code { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>What it means for what happens next.</summary>
    public required FailureKind Kind { get; init; }

    /// <summary>One sentence for a person, without a final full stop.</summary>
    public required string Message { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>What more there is to know, such as the last lines of an output; null when nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>How long the failing side asked to wait before the next attempt, heeded up to a day; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What failed: a tool, a host, an agent; null when the step's own agent did.</summary>
    public string? Source { get; init; }

    /// <summary>True for the kinds that are retried.</summary>
    public bool IsRetryable => Kind is FailureKind.Transient or FailureKind.Timeout;
}
