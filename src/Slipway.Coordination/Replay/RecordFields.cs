using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Replay;

/// <summary>The facts of runs and steps as text, and where two sets of them differ. The order is always the same.</summary>
internal static class RecordFields
{
    /// <summary>All that an event may change of a step.</summary>
    public static void Compare(StepRecord before, StepRecord after, List<FieldChange> changes)
    {
        var step = after.Step.Id;
        CompareOutcome(before, after, changes);
        Add(step, "retries", Text(before.Retries), Text(after.Retries), changes);
        Add(step, "interrupted", Text(before.IsInterrupted), Text(after.IsInterrupted), changes);
        Add(step, "holding_locks", Text(before.IsHoldingLocks), Text(after.IsHoldingLocks), changes);
        Add(step, "output", Text(before.Output), Text(after.Output), changes);
        Add(step, "message", before.Message, after.Message, changes);
        Add(step, "fraction", Text(before.Fraction), Text(after.Fraction), changes);
        Add(step, "started", Text(before.StartedAt), Text(after.StartedAt), changes);
        Add(step, "finished", Text(before.FinishedAt), Text(after.FinishedAt), changes);
        Add(step, "not_before", Text(before.NotBefore), Text(after.NotBefore), changes);
        Add(step, "question", before.OpenQuestion?.ApprovalId, after.OpenQuestion?.ApprovalId, changes);
        Add(step, "sub_runs", Text(before.SubRuns), Text(after.SubRuns), changes);
        Add(step, "compensations", Text(before.Compensations.Count), Text(after.Compensations.Count), changes);
        if (!ReferenceEquals(before.Step, after.Step)) Add(step, "depends_on", DependenciesOf(before), DependenciesOf(after), changes);
    }

    /// <summary>How a step ended, apart from its output and when.</summary>
    public static void CompareOutcome(StepRecord before, StepRecord after, List<FieldChange> changes)
    {
        var step = after.Step.Id;
        if (before.State != after.State) changes.Add(new FieldChange(step, "state", RunNames.Of(before.State), RunNames.Of(after.State)));
        Add(step, "attempt", Text(before.Attempt), Text(after.Attempt), changes);
        Add(step, "degraded", Text(before.IsDegraded), Text(after.IsDegraded), changes);
        Add(step, "cause", before.Cause, after.Cause, changes);
        Add(step, "recoveries", Text(before.Recoveries), Text(after.Recoveries), changes);
        Add(step, "decision", DecisionOf(before), DecisionOf(after), changes);
        if (before.Failure != after.Failure) Compare(step, before.Failure, after.Failure, changes);
    }

    /// <summary>All that an event may change of a run itself.</summary>
    public static void Compare(RunFacts before, RunFacts after, List<FieldChange> changes)
    {
        if (before.Status != after.Status) changes.Add(new FieldChange(null, "status", Name(before.Status), Name(after.Status)));
        Add(null, "steps", Text(before.Steps), Text(after.Steps), changes);
        Add(null, "rollback_run", before.RollbackRunId, after.RollbackRunId, changes);
        Add(null, "deadline", Text(before.DeadlineAt), Text(after.DeadlineAt), changes);
        Add(null, "resumptions", Text(before.Resumptions), Text(after.Resumptions), changes);
        Add(null, "open_steps", Text(before.OpenSteps), Text(after.OpenSteps), changes);
        Add(null, "finished", Text(before.EndedAt), Text(after.EndedAt), changes);

        static string? Name(RunStatus? status) => status is { } known ? RunNames.Of(known) : null;
    }

    public static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.Undefined ? null : value.GetRawText();

    public static void Add(string? stepId, string field, string? before, string? after, List<FieldChange> changes)
    {
        if (before != after) changes.Add(new FieldChange(stepId, field, before, after));
    }

    private static void Compare(string step, Failure? before, Failure? after, List<FieldChange> changes)
    {
        Add(step, "failure.code", before?.Code, after?.Code, changes);
        Add(step, "failure.kind", before is null ? null : RunNames.Of(before.Kind), after is null ? null : RunNames.Of(after.Kind), changes);
        Add(step, "failure.message", before?.Message, after?.Message, changes);
        Add(step, "failure.detail", before?.Detail, after?.Detail, changes);
        Add(step, "failure.source", before?.Source, after?.Source, changes);
        Add(step, "failure.retry_after_ms", Text(before?.RetryAfter?.TotalMilliseconds), Text(after?.RetryAfter?.TotalMilliseconds), changes);
    }

    private static string? DecisionOf(StepRecord step) => step.NewestDecision is { } decision ? RunNames.Of(decision.Status) : null;

    private static string? DependenciesOf(StepRecord step) => Text([.. step.Step.DependsOn.Select(dependency => dependency.StepId)]);

    private static string? Text(IReadOnlyList<string> texts) => texts.Count == 0 ? null : string.Join(", ", texts);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text(double? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? time) => time is { } at ? JsonFields.Time(at) : null;
}
