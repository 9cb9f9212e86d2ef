namespace Slipway.Platform;

/// <summary>A health probe. Times are in seconds.</summary>
public sealed record Probe
{
    /// <summary>How it asks.</summary>
    public required ProbeKind Kind { get; init; }

    /// <summary>The HTTP path; null for other kinds. Default: <c>/health</c>.</summary>
    public Value<string>? Path { get; init; }

    /// <summary>The name of the port it asks; null for commands.</summary>
    public Value<string>? Port { get; init; }

    /// <summary>The command; empty for other kinds.</summary>
    public IReadOnlyList<Value<string>> Command { get; init; } = [];

    /// <summary>0 or more. Default: readiness 5, liveness 30.</summary>
    public required Value<int> InitialDelaySeconds { get; init; }

    /// <summary>1 or more. Default: readiness 5, liveness 10.</summary>
    public required Value<int> PeriodSeconds { get; init; }

    /// <summary>1 or more, or null for Kubernetes' 1.</summary>
    public Value<int>? TimeoutSeconds { get; init; }

    /// <summary>1 or more, or null for Kubernetes' 3.</summary>
    public Value<int>? FailureThreshold { get; init; }
}
