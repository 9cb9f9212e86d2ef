using System.Text.Json;

namespace Slipway.Coordination.Recovery;

/// <summary>What to do about a step that has failed for good. The set is closed.</summary>
public abstract record RecoveryStrategy
{
    private protected RecoveryStrategy()
    {
    }

    /// <summary>The stable name: <c>retry</c>, <c>alternative_path</c>, <c>graceful_degradation</c>, <c>error_correction</c> or <c>escalation</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The agent that it calls; null when it calls none.</summary>
    internal virtual string? CalledAgent => null;
}

/// <summary>The same again: for failures that the step's own retries are not meant for.</summary>
public sealed record RetryRecovery : RecoveryStrategy
{
    internal const string StrategyName = "retry";

    /// <summary>How many attempts one use of the rule gives, 1 to 100. Default: 3.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The wait before each attempt, 0 to a day. Default: 1 s.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override string Name => StrategyName;
}

/// <summary>Another agent does the step.</summary>
public sealed record AlternativePath : RecoveryStrategy
{
    internal const string StrategyName = "alternative_path";

    /// <summary>Who does it.</summary>
    public required string Agent { get; init; }

    /// <summary>What that agent is given; an undefined element for the step's own input. No secrets: it is journaled. Default: undefined.</summary>
    public JsonElement Input { get; init; }

    /// <inheritdoc/>
    public override string Name => StrategyName;

    internal override string CalledAgent => Agent;
}

/// <summary>The step counts as done with a lesser output, and its dependents go on.</summary>
public sealed record GracefulDegradation : RecoveryStrategy
{
    internal const string StrategyName = "graceful_degradation";

    /// <summary>What dependents get; an undefined element means nothing. No secrets: it is journaled. Default: undefined.</summary>
    public JsonElement Output { get; init; }

    /// <summary>What is lesser about it, for people. Default: null.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    public override string Name => StrategyName;
}

/// <summary>
/// An agent mends the input, then the step runs again with what it made. It is given <c>{"step", "input", "failure": {"code", "kind",
/// "message", "detail"}}</c>, and its output is the new input.
/// </summary>
public sealed record ErrorCorrection : RecoveryStrategy
{
    internal const string StrategyName = "error_correction";

    /// <summary>Who mends it.</summary>
    public required string Agent { get; init; }

    /// <inheritdoc/>
    public override string Name => StrategyName;

    internal override string CalledAgent => Agent;
}

/// <summary>A person is asked whether to try again.</summary>
public sealed record Escalation : RecoveryStrategy
{
    internal const string StrategyName = "escalation";

    /// <summary>Who may answer, at least one.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>What they are asked.</summary>
    public required string Question { get; init; }

    /// <summary>How long to wait for an answer before the failure stands, more than 0 and at most 366 days; null for no limit. Default: null.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <inheritdoc/>
    public override string Name => StrategyName;
}
