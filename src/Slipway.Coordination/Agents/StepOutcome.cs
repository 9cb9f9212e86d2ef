using System.Text.Json;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Agents;

/// <summary>How an attempt ended: succeeded, failed or skipped. The set is closed.</summary>
public abstract record StepOutcome
{
    private protected StepOutcome()
    {
    }

    /// <summary>Success that gives nothing to dependents.</summary>
    public static StepOutcome Success { get; } = new StepSuccess(default);

    /// <summary>Success.</summary>
    /// <param name="output">What dependents get. It must not contain secrets: it is journaled.</param>
    public static StepOutcome Succeeded(JsonElement output) => new StepSuccess(output);

    /// <summary>Failure.</summary>
    public static StepOutcome Failed(Failure failure) => new StepFailure(failure);

    /// <summary>There was nothing to do.</summary>
    /// <param name="reason">Why, for people.</param>
    public static StepOutcome Skipped(string reason) => new StepSkip(reason);
}

/// <summary>The step is done.</summary>
/// <param name="Output">What dependents get; an undefined element means nothing.</param>
public sealed record StepSuccess(JsonElement Output) : StepOutcome;

/// <summary>The attempt failed.</summary>
/// <param name="Failure">Why.</param>
public sealed record StepFailure(Failure Failure) : StepOutcome
{
    /// <summary>Why.</summary>
    public Failure Failure { get; init; } = Failure ?? throw new ArgumentNullException(nameof(Failure));
}

/// <summary>There was nothing to do.</summary>
/// <param name="Reason">Why, for people.</param>
public sealed record StepSkip(string Reason) : StepOutcome
{
    /// <summary>Why, for people.</summary>
    public string Reason { get; init; } = Reason ?? throw new ArgumentNullException(nameof(Reason));
}
