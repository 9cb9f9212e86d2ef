using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Runs;

/// <summary>The stable snake-case names of states, statuses and failure kinds, as journals, streams and views show them.</summary>
public static class RunNames
{
    /// <summary>The name of a run's status.</summary>
    public static string Of(RunStatus value) => value switch
    {
        RunStatus.Running => "running",
        RunStatus.Succeeded => "succeeded",
        RunStatus.PartiallySucceeded => "partially_succeeded",
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "cancelled",
        RunStatus.Paused => "paused",
        RunStatus.RolledBack => "rolled_back",
        RunStatus.RollbackFailed => "rollback_failed",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a run status."),
    };

    /// <summary>The name of a step's state.</summary>
    public static string Of(StepState value) => value switch
    {
        StepState.Pending => "pending",
        StepState.Ready => "ready",
        StepState.Running => "running",
        StepState.Succeeded => "succeeded",
        StepState.Failed => "failed",
        StepState.Skipped => "skipped",
        StepState.Blocked => "blocked",
        StepState.Cancelled => "cancelled",
        StepState.TimedOut => "timed_out",
        StepState.Compensated => "compensated",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a step state."),
    };

    /// <summary>The name of a failure's kind.</summary>
    public static string Of(FailureKind value) => value switch
    {
        FailureKind.Transient => "transient",
        FailureKind.Permanent => "permanent",
        FailureKind.Timeout => "timeout",
        FailureKind.Cancelled => "cancelled",
        FailureKind.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a failure kind."),
    };

    /// <summary>The name of how a question to a person stands.</summary>
    public static string Of(ApprovalStatus value) => value switch
    {
        ApprovalStatus.Pending => "pending",
        ApprovalStatus.Approved => "approved",
        ApprovalStatus.Rejected => "rejected",
        ApprovalStatus.Expired => "expired",
        ApprovalStatus.Withdrawn => "withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a status of a question."),
    };

    internal static ApprovalStatus ToApprovalStatus(string? name) => name switch
    {
        "pending" => ApprovalStatus.Pending,
        "approved" => ApprovalStatus.Approved,
        "rejected" => ApprovalStatus.Rejected,
        "expired" => ApprovalStatus.Expired,
        "withdrawn" => ApprovalStatus.Withdrawn,
        _ => throw new JsonException($"'{name}' is no status of a question."),
    };

    internal static RunStatus ToRunStatus(string? name) => name switch
    {
        "running" => RunStatus.Running,
        "succeeded" => RunStatus.Succeeded,
        "partially_succeeded" => RunStatus.PartiallySucceeded,
        "failed" => RunStatus.Failed,
        "cancelled" => RunStatus.Cancelled,
        "paused" => RunStatus.Paused,
        "rolled_back" => RunStatus.RolledBack,
        "rollback_failed" => RunStatus.RollbackFailed,
        _ => throw new JsonException($"'{name}' is no run status."),
    };

    internal static FailureKind ToFailureKind(string? name) => name switch
    {
        "transient" => FailureKind.Transient,
        "permanent" => FailureKind.Permanent,
        "timeout" => FailureKind.Timeout,
        "cancelled" => FailureKind.Cancelled,
        "interrupted" => FailureKind.Interrupted,
        _ => throw new JsonException($"'{name}' is no failure kind."),
    };
}
