using Slipway.Coordination.Approvals;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Runs;

/// <summary>What the engine itself can find wrong.</summary>
internal static class RunProblems
{
    public static Diagnostic RunExists(string runId) => new()
    {
        Code = "SLW5110",
        Summary = $"There is a run '{runId}' already",
        Fix = "Resume it, or choose another id.",
    };

    public static Diagnostic NoSuchRun(string runId) => new()
    {
        Code = "SLW5111",
        Summary = $"There is no run '{runId}'",
        Fix = "Choose one of the known runs.",
    };

    public static Diagnostic RunHeld(string runId, string? owner) => new()
    {
        Code = "SLW5112",
        Summary = $"The run '{runId}' is under way elsewhere",
        Detail = owner is null ? null : $"it is held by {owner}",
        Fix = "Wait for it to end; when its process has died, its lease expires by itself.",
    };

    public static Diagnostic LeaseLost(string runId, string? detail) => new()
    {
        Code = "SLW5113",
        Summary = $"The right to write run '{runId}' was lost, so nothing more was done",
        Detail = detail,
        Fix = "See who goes on with the run, or resume it.",
    };

    public static Diagnostic JournalFailed(string runId, string detail) => new()
    {
        Code = "SLW5114",
        Summary = $"The journal of run '{runId}' failed, so nothing more was done",
        Detail = detail,
        Fix = "Mend the cause, then resume the run; where it had not begun, start it anew.",
    };

    public static Diagnostic StoreFailed(string runId, string detail) => new()
    {
        Code = "SLW5115",
        Summary = $"A store that run '{runId}' needs failed, so the run was paused",
        Detail = detail,
        Fix = "Mend the cause, then resume the run.",
    };

    public static Diagnostic NestedTooDeep(string stepId, int deepest) => new()
    {
        Code = "SLW5015",
        Summary = $"The step '{stepId}' cannot start a run: it lies {deepest} runs deep already",
        Fix = "See whether the plans start each other without end.",
    };

    public static Diagnostic NotHeldAbove(string stepId, string subStep, string resource) => new()
    {
        Code = "SLW5016",
        Summary = $"The step '{stepId}' cannot start a run whose step '{subStep}' modifies '{resource}'",
        Detail = "a step that holds locks must hold all that the runs below it modify, or they could wait for each other for ever",
        Fix = $"Let '{stepId}' modify '{resource}' too, or nothing at all.",
    };

    public static Diagnostic RollingBack(string runId) => new()
    {
        Code = "SLW5120",
        Summary = $"The run '{runId}' is being rolled back",
        Fix = "Go on with its rollback, or start a new run.",
    };

    public static Diagnostic NotWaiting(string runId) => new()
    {
        Code = "SLW5121",
        Summary = $"The run '{runId}' does not wait for a host",
        Detail = "it is at its end, was paused by somebody, or belongs to another run",
        Fix = "Nothing has to be done; resume it if it shall go on.",
    };

    public static Failure LockLost(IReadOnlyList<string> resources, string? detail) => new()
    {
        Code = "SLW5108",
        Kind = FailureKind.Transient,
        Message = $"the lock on {string.Join(", ", resources)} was lost while the attempt was under way",
        Detail = detail,
    };

    public static Failure AttemptTimedOut(TimeSpan timeout, string? detail) => new()
    {
        Code = "SLW5101",
        Kind = FailureKind.Timeout,
        Message = $"the attempt took longer than {Seconds(timeout)}",
        Detail = detail,
    };

    public static Failure StepTimedOut(TimeSpan total, string? detail) => new()
    {
        Code = "SLW5116",
        Kind = FailureKind.Timeout,
        Message = $"the step took longer than {Seconds(total)} with all its attempts",
        Detail = detail,
    };

    public static Failure DeadlinePassed(string? detail) => new()
    {
        Code = "SLW5117",
        Kind = FailureKind.Timeout,
        Message = "the run's deadline passed",
        Detail = detail,
    };

    public static Diagnostic DeadlineIsOver(string runId, DateTimeOffset deadline) => new()
    {
        Code = "SLW5117",
        Summary = $"The deadline of run '{runId}' passed",
        Detail = FormattableString.Invariant($"it was {deadline.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"),
        Fix = "Resume it with a new deadline.",
    };

    public static Failure NotApproved(Approval approval) => new()
    {
        Code = "SLW5118",
        Kind = approval.Status is ApprovalStatus.Expired ? FailureKind.Timeout : FailureKind.Permanent,
        Message = approval.Status switch
        {
            ApprovalStatus.Rejected => $"{approval.Decision!.By} said no",
            ApprovalStatus.Expired => "nobody decided in time",
            _ => "the question was withdrawn",
        },
        Detail = approval.Decision?.Note,
    };

    public static Failure HeartbeatMissed(TimeSpan interval, string? detail) => new()
    {
        Code = "SLW5102",
        Kind = FailureKind.Transient,
        Message = $"the agent gave no sign of life for {Seconds(interval)}",
        Detail = detail,
    };

    public static Failure Interrupted(int attempt) => new()
    {
        Code = "SLW5104",
        Kind = FailureKind.Interrupted,
        Message = $"attempt {attempt} was cut off, and the step may not be repeated unseen",
    };

    private static string Seconds(TimeSpan duration) => FormattableString.Invariant($"{duration.TotalSeconds:0.###} s");
}
