using System.Text.Json;
using Slipway.Coordination.Approvals;
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

    /// <summary>
    /// The attempt ends with a question to a person. Once it is answered with yes the agent is called again and finds the answer in
    /// <see cref="StepContext.Decision"/>; with no, or without an answer in time, the step fails. Nothing is held meanwhile.
    /// </summary>
    /// <param name="question">What is asked and who may decide.</param>
    /// <param name="detail">What the person should see. Default: nothing. No secrets: it is journaled.</param>
    public static StepOutcome NeedsApproval(ApprovalPolicy question, JsonElement detail = default) => new StepQuestion(question, detail);

    /// <summary>The attempt ends in order, and the step waits for the run to be resumed.</summary>
    /// <param name="reason">What it waits for, for people.</param>
    public static StepOutcome Suspended(string reason) => new StepSuspension(reason);
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

/// <summary>A person must decide before the step goes on.</summary>
/// <param name="Question">What is asked and who may decide.</param>
/// <param name="Detail">What the person should see; undefined when nothing.</param>
public sealed record StepQuestion(ApprovalPolicy Question, JsonElement Detail) : StepOutcome
{
    /// <summary>What is asked and who may decide.</summary>
    public ApprovalPolicy Question { get; init; } = Question ?? throw new ArgumentNullException(nameof(Question));
}

/// <summary>The step waits for the run to be resumed.</summary>
/// <param name="Reason">What it waits for, for people.</param>
public sealed record StepSuspension(string Reason) : StepOutcome
{
    /// <summary>What it waits for, for people.</summary>
    public string Reason { get; init; } = Reason ?? throw new ArgumentNullException(nameof(Reason));
}
