using System.Text.Json;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Journal;

/// <summary>How one step of a run stands, as folded from its events.</summary>
public sealed class StepRecord
{
    private long _startedTicks;
    private long _finishedTicks;
    private StepDetails? _details;

    internal StepRecord(Step step) => Step = step;

    /// <summary>The step; steps that agents add may lengthen what it depends on.</summary>
    public Step Step { get; internal set; }

    /// <summary>The step as an agent added it; null for one that the plan began with.</summary>
    internal Step? AddedAs
    {
        get => _details?.AddedAs;
        init => Details.AddedAs = value;
    }

    /// <summary>Its state.</summary>
    public StepState State { get; private set; }

    /// <summary>The newest attempt, counted from 1; 0 when there was none.</summary>
    public int Attempt { get; private set; }

    /// <summary>How many attempts were answered with a retry since the step was last opened.</summary>
    public int Retries => _details?.Retries ?? 0;

    /// <summary>True when the newest attempt was cut off and its effect is not known.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>True while the step holds the resources it modifies.</summary>
    public bool IsHoldingLocks => HeldResources is not null;

    /// <summary>The resources it holds, sorted; null while it holds none.</summary>
    public IReadOnlyList<string>? HeldResources => _details?.HeldResources;

    /// <summary>The fencing token of the locks it holds or held last; 0 when it held none.</summary>
    public long LockToken => _details?.LockToken ?? 0;

    /// <summary>The question to a person that it waits for; null when it waits for none.</summary>
    public ApprovalRequested? OpenQuestion => _details?.OpenQuestion;

    /// <summary>What became of its newest question; null when none was settled.</summary>
    public ApprovalDecided? NewestDecision => _details?.NewestDecision;

    /// <summary>How many questions it asked.</summary>
    public int Questions => _details?.Questions ?? 0;

    /// <summary>The runs below it, oldest first.</summary>
    public IReadOnlyList<string> SubRuns => _details?.SubRuns ?? [];

    /// <summary>The names of the rules of recovery that were used, oldest first.</summary>
    public IReadOnlyList<string> Recoveries => _details?.Recoveries ?? [];

    /// <summary>How to undo what its attempts did, as its agent said while it acted, oldest first.</summary>
    public IReadOnlyList<CompensationAction> Compensations => _details?.Compensations ?? [];

    /// <summary>True when its output is a lesser one that a rule of recovery gave.</summary>
    public bool IsDegraded { get; private set; }

    /// <summary>True while a person was asked about its failure, which stands if they say no.</summary>
    internal bool IsEscalated => _details?.IsEscalated ?? false;

    /// <summary>True when the next attempt, or the running one, mends the input.</summary>
    internal bool IsCorrecting => _details?.Corrector is not null;

    /// <summary>When its first attempt began since it was last opened; known only of steps with a limit on their total time.</summary>
    internal DateTimeOffset? FirstStartedAt => _details?.FirstStartedAt;

    /// <summary>What it gave to its dependents; undefined when nothing.</summary>
    public JsonElement Output { get; private set; }

    /// <summary>The newest failure; null when there was none or the step succeeded since.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>The step that blocked or cancelled this one; null when none did.</summary>
    public string? Cause { get; private set; }

    /// <summary>What it is at while it runs, or why it was skipped, interrupted or cancelled; null when nothing was told.</summary>
    public string? Message { get; private set; }

    /// <summary>How much of the running attempt is done, 0 to 1; null when unknown.</summary>
    public double? Fraction => _details?.Fraction;

    /// <summary>When the newest attempt started; null when there was none.</summary>
    public DateTimeOffset? StartedAt => Time(_startedTicks);

    /// <summary>When the step ended; null when it has not.</summary>
    public DateTimeOffset? FinishedAt => Time(_finishedTicks);

    /// <summary>When the next attempt may start; null when there is nothing to wait for.</summary>
    public DateTimeOffset? NotBefore => _details?.NotBefore;

    /// <summary>How long the next attempt was to wait when the retry was decided.</summary>
    internal TimeSpan RetryDelay => _details?.RetryDelay ?? TimeSpan.Zero;

    /// <summary>True when nothing more will happen to it.</summary>
    public bool IsSettled => State > StepState.Running;

    internal StepRecord Copy()
    {
        var copy = (StepRecord)MemberwiseClone();
        copy._details = _details?.Copy();
        return copy;
    }

    internal void Apply(StepEvent stepEvent, DateTimeOffset at)
    {
        switch (stepEvent)
        {
            case StepReady:
                State = StepState.Ready;
                break;
            case StepStarted started:
                State = StepState.Running;
                Attempt = started.Attempt;
                _startedTicks = at.UtcTicks;
                IsInterrupted = false;
                Message = null;
                ForgetMoment();
                if (Step.Timeouts.Total is not null) Details.FirstStartedAt ??= at;
                break;
            case StepHeartbeat heartbeat:
                Message = heartbeat.Message ?? Message;
                if (heartbeat.Fraction is { } fraction) Details.Fraction = fraction;
                break;
            case StepSucceeded succeeded:
                Output = succeeded.Output;
                IsDegraded = succeeded.IsDegraded;
                Failure = null;
                Message = null;
                Settle(StepState.Succeeded, at);
                break;
            case StepFailed failed:
                Failure = failed.Failure;
                IsInterrupted = false;
                Message = null;
                Settle(failed.Failure.Kind is FailureKind.Timeout ? StepState.TimedOut : StepState.Failed, at);
                break;
            case StepRetrying retrying:
                State = StepState.Ready;
                Failure = retrying.Failure;
                Details.Retries++;
                WaitBeforeNext(retrying.Delay, at);
                break;
            case StepInterrupted interrupted:
                State = StepState.Ready;
                IsInterrupted = true;
                Message = interrupted.Reason;
                break;
            case StepSkipped skipped:
                Message = skipped.Reason;
                Settle(StepState.Skipped, at);
                break;
            case StepBlocked blocked:
                Cause = blocked.By;
                Settle(StepState.Blocked, at);
                break;
            case StepCancelled cancelled:
                Cause = cancelled.By;
                Message = cancelled.Reason;
                Settle(StepState.Cancelled, at);
                break;
            case LockWaiting waiting:
                Message = $"waits for {waiting.Resource}, which step '{waiting.HolderStep}' of run '{waiting.HolderRun}' holds";
                break;
            case LockAcquired acquired:
                Details.HeldResources = acquired.Resources;
                Details.LockToken = acquired.FencingToken;
                break;
            case LockReleased:
                Details.HeldResources = null;
                break;
            case ApprovalRequested requested:
                State = StepState.Ready;
                Details.OpenQuestion = requested;
                Details.Questions++;
                Message = requested.Policy.Question;
                break;
            case ApprovalDecided decided:
                Details.OpenQuestion = null;
                Details.NewestDecision = decided;
                Details.IsEscalated = false;
                Message = null;
                break;
            case StepRecovering recovering:
                Recover(recovering, at);
                break;
            case StepCorrected corrected:
                State = StepState.Ready;
                Details.Input = corrected.Input;
                Details.Corrector = null;
                break;
            case SubRunStarted subRun:
                if (!Details.SubRuns.Contains(subRun.RunId)) Details.SubRuns.Add(subRun.RunId);
                break;
            case StepsAdded:
                break;
            case CompensationRecorded recorded:
                Details.Compensations.Add(recorded.Action);
                break;
            case CompensationSucceeded:
                Settle(StepState.Compensated, at);
                break;
            case CompensationFailed uncompensated:
                Failure = uncompensated.Failure;
                break;
            case StepSuspended suspended:
                State = StepState.Ready;
                Message = suspended.Reason;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(stepEvent), stepEvent.Type, "The set of events is closed.");
        }
    }

    /// <summary>The step as the next attempt does it: by whom and with what recovery has decided.</summary>
    internal Step NextStep()
    {
        if (_details is not { } details) return Step;
        if (details.Corrector is { } corrector) return Step with { Agent = corrector, Input = RecoveryInput.Of(this) };
        if (details.Agent is null && details.Input.ValueKind is JsonValueKind.Undefined) return Step;
        return Step with { Agent = details.Agent ?? Step.Agent, Input = CurrentInput };
    }

    /// <summary>What the step is given by now.</summary>
    internal JsonElement CurrentInput => _details is { Input.ValueKind: not JsonValueKind.Undefined } details ? details.Input : Step.Input;

    /// <summary>Opens a step again that ended without success, so that a resumed run tries it anew.</summary>
    internal void Reopen()
    {
        if (State is not (StepState.Failed or StepState.TimedOut or StepState.Blocked or StepState.Cancelled)) return;
        State = StepState.Pending;
        Failure = null;
        Cause = null;
        Message = null;
        _finishedTicks = 0;
        ForgetMoment();
        if (_details is null) return;
        _details.Retries = 0;
        _details.OpenQuestion = null;
        _details.FirstStartedAt = null;
        _details.Recoveries.Clear();
        _details.Agent = null;
        _details.Input = default;
        _details.Corrector = null;
        _details.IsEscalated = false;
        // A yes stays; whoever said no, or did not answer, is asked again.
        if (_details.NewestDecision is { Status: not Approvals.ApprovalStatus.Approved }) _details.NewestDecision = null;
    }

    private void Recover(StepRecovering recovering, DateTimeOffset at)
    {
        State = StepState.Ready;
        Failure = recovering.Failure;
        IsInterrupted = false;
        Details.Recoveries.Add(recovering.Rule);
        Details.Corrector = null;
        switch (recovering.Strategy)
        {
            case RetryRecovery.StrategyName:
                WaitBeforeNext(recovering.Delay, at);
                break;
            case AlternativePath.StrategyName:
                Details.Agent = recovering.Agent;
                Details.Input = recovering.Input;
                Details.Retries = 0;
                break;
            case ErrorCorrection.StrategyName:
                Details.Corrector = recovering.Agent;
                Details.Retries = 0;
                break;
            case Escalation.StrategyName:
                Details.IsEscalated = true;
                Details.Retries = 0;
                break;
        }
    }

    private StepDetails Details => _details ??= new StepDetails();

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    private void Settle(StepState state, DateTimeOffset at)
    {
        State = state;
        _finishedTicks = at.UtcTicks;
        ForgetMoment();
    }

    private void WaitBeforeNext(TimeSpan delay, DateTimeOffset at)
    {
        Details.RetryDelay = delay;
        Details.NotBefore = at + delay;
    }

    /// <summary>Forgets what held only while an attempt went on, or was waited for.</summary>
    private void ForgetMoment()
    {
        if (_details is null) return;
        _details.Fraction = null;
        _details.NotBefore = null;
    }
}
