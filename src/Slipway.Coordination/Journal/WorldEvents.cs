using System.Text.Json;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Journal;

/// <summary>An agent put steps below its own.</summary>
/// <param name="StepId">The step whose agent it was.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Steps">The new steps; each comes after <paramref name="StepId"/>.</param>
/// <param name="Before">Steps that wait, from now on, for those of the new ones that no other new one depends on.</param>
public sealed record StepsAdded(string StepId, int Attempt, IReadOnlyList<Step> Steps, IReadOnlyList<string> Before) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "steps_added";

    /// <summary>Those of the new steps that no other new one depends on, in their order.</summary>
    internal IReadOnlyList<string> LastSteps()
    {
        var inner = Steps.SelectMany(step => step.DependsOn).Select(dependency => dependency.StepId).ToHashSet(StringComparer.Ordinal);
        return [.. Steps.Select(step => step.Id).Where(id => !inner.Contains(id))];
    }
}

/// <summary>An agent starts, or goes on with, a run below its step.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="RunId">The sub-run.</param>
public sealed record SubRunStarted(string StepId, int Attempt, string RunId) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "sub_run_started";
}

/// <summary>An attempt failed, and a rule of the step's recovery says what happens instead of failing.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Strategy">The name of its strategy.</param>
/// <param name="Delay">How long after this event the next attempt may start.</param>
/// <param name="Agent">Who does the next attempt, or mends its input; null for the step's own agent.</param>
/// <param name="Input">What that agent is given; undefined for the step's own input.</param>
public sealed record StepRecovering(
    string StepId, int Attempt, Failure Failure, string Rule, string Strategy, TimeSpan Delay, string? Agent, JsonElement Input) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_recovering";
}

/// <summary>An agent mended the input of a step, which runs again with it.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt that mended it.</param>
/// <param name="Input">The new input.</param>
public sealed record StepCorrected(string StepId, int Attempt, JsonElement Input) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "step_corrected";
}

/// <summary>An attempt is about to change the world, and this undoes it. It is durable before the agent goes on.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Action">How to undo it.</param>
public sealed record CompensationRecorded(string StepId, int Attempt, CompensationAction Action) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "compensation_recorded";
}

/// <summary>What the run did is being undone, by a run of its own.</summary>
/// <param name="RunId">The run that undoes it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record RollbackStarted(string RunId, string Reason) : RunEvent
{
    /// <inheritdoc/>
    public override string Type => "rollback_started";
}

/// <summary>What a step did is undone.</summary>
/// <param name="StepId">The step.</param>
public sealed record CompensationSucceeded(string StepId) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "compensation_succeeded";
}

/// <summary>What a step did could not be undone.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Failure">Why.</param>
public sealed record CompensationFailed(string StepId, Failure Failure) : StepEvent(StepId)
{
    /// <inheritdoc/>
    public override string Type => "compensation_failed";
}
