using System.Text.Json;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;

namespace Slipway.Coordination.Runs;

/// <summary>The attempts of a run that are under way, and what becomes of them: success, failure, another attempt.</summary>
internal sealed class Attempts(RunCore core, RunLocks locks)
{
    private readonly HashSet<StepAttempt> _running = [];
    private readonly List<StepAttempt> _starting = [];
    private readonly HashSet<int> _delayed = [];
    private readonly HashSet<int> _limited = [];
    private readonly Dictionary<StepAttempt, int> _lent = [];

    /// <summary>How many are under way.</summary>
    public int Count => _running.Count - _lent.Count;

    /// <summary>True while none is under way, not even one that waits for a run below it.</summary>
    public bool IsEmpty => _running.Count == 0;

    /// <summary>How many steps wait for the time of their next attempt.</summary>
    public int Delayed => _delayed.Count;

    /// <summary>How many steps wait for the run to be resumed.</summary>
    public int Suspended { get; private set; }

    /// <summary>Called when an attempt ended with a question.</summary>
    public required Action<StepAttempt, ApprovalPolicy, JsonElement> OnQuestion { get; init; }

    /// <summary>Called when a step ends while a person is still asked about it.</summary>
    public required Action<int, ApprovalRequested> OnAskedInVain { get; init; }

    /// <summary>Called when an attempt no longer needs its places: at its end, or while it waits for a run below it.</summary>
    public required Action<StepAttempt> OnLent { get; init; }

    /// <summary>Called when an attempt that waited goes on.</summary>
    public required Action<StepAttempt> OnTakenBack { get; init; }

    public void Add(StepAttempt attempt)
    {
        if (attempt.Step.Timeouts.Attempt is { } timeout) core.Deadlines.Add(core.Elapsed + timeout, new Deadline(DeadlineKind.AttemptTimeout, attempt));
        if (attempt.Step.Timeouts.Heartbeat is { } heartbeat) core.Deadlines.Add(core.Elapsed + heartbeat, new Deadline(DeadlineKind.Heartbeat, attempt));
        _running.Add(attempt);
        _starting.Add(attempt);
    }

    /// <summary>Calls the agents of those that were added since; their starts are durable.</summary>
    public void Start()
    {
        foreach (var attempt in _starting) attempt.Start();
        _starting.Clear();
    }

    /// <summary>Drops those whose starts never became durable.</summary>
    public void DropUnstarted()
    {
        foreach (var attempt in _starting) Forget(attempt);
        _starting.Clear();
    }

    public bool IsRunning(StepAttempt attempt) => _running.Contains(attempt);

    /// <summary>Counts an attempt out without a word: the journal is lost.</summary>
    public void Forget(StepAttempt attempt)
    {
        if (_running.Remove(attempt)) End(attempt);
    }

    public void ForgetAll()
    {
        foreach (var attempt in _running) End(attempt);
        _running.Clear();
    }

    /// <summary>Takes in how an attempt ended; one that was abandoned is past caring.</summary>
    public void Complete(StepAttempt attempt)
    {
        if (!_running.Remove(attempt)) return;
        End(attempt);
        var stepId = attempt.Step.Id;
        switch (attempt.Outcome)
        {
            case not null when IsCutShort(attempt):
                CancelHalted(core.Run.Steps[attempt.Index]);
                break;
            case StepSuccess success when core.Run.Steps[attempt.Index].IsCorrecting:
                core.Emit(new StepCorrected(stepId, attempt.Number, success.Output));
                core.Scheduler.Enqueue(attempt.Index);
                break;
            case StepSuccess success:
                core.Emit(new StepSucceeded(stepId, attempt.Number, success.Output));
                break;
            case StepSkip skip:
                core.Emit(new StepSkipped(stepId, attempt.Number, skip.Reason));
                break;
            case StepQuestion question:
                OnQuestion(attempt, question.Question, question.Detail);
                break;
            case StepSuspension suspension:
                core.Emit(new StepSuspended(stepId, attempt.Number, suspension.Reason));
                Suspended++;
                break;
            case StepFailure failure:
                CompleteFailed(attempt, failure.Failure);
                break;
            default:
                throw new InvalidOperationException($"The set of outcomes is closed, but '{stepId}' gave another.");
        }

        attempt.Dispose();
        locks.Release(attempt.Index, attempt.Step);
        if (core.Run.Steps[attempt.Index].IsSettled) core.Scheduler.Settle(attempt.Index);
    }

    /// <summary>Lets an attempt hold no places while it waits for a run below it.</summary>
    public void Lend(StepAttempt attempt)
    {
        if (!_lent.TryAdd(attempt, 1)) _lent[attempt]++;
        else OnLent(attempt);
    }

    /// <summary>Lets an attempt go on when it waits for nothing any more.</summary>
    public void TakeBack(StepAttempt attempt)
    {
        if (--_lent[attempt] > 0) return;
        _lent.Remove(attempt);
        OnTakenBack(attempt);
    }

    /// <summary>Lets a step fail for good; where it is critical, nothing that has not begun begins any more.</summary>
    public void Fail(int step, int attempt, Failure failure)
    {
        var failed = core.Run.Steps[step].Step;
        core.Emit(new StepFailed(failed.Id, attempt, failure));
        if (failed.Criticality is not Criticality.Critical || core.HaltedBy is not null) return;
        core.HaltedBy = failed.Id;
        _delayed.Clear();
        for (var other = 0; other < core.Run.Steps.Count; other++)
        {
            var record = core.Run.Steps[other];
            // What was under way when a process died had been started before the halt, and may end like its siblings.
            if (record.IsSettled || record.State is StepState.Running || record.IsInterrupted) continue;
            if (record.OpenQuestion is { } question) OnAskedInVain(other, question);
            CancelHalted(record);
        }
    }

    /// <summary>Cancels steps that come when a critical one has failed already.</summary>
    public void CancelHalted(IReadOnlyList<Step> added)
    {
        if (core.HaltedBy is null) return;
        foreach (var step in added)
        {
            if (core.Run[step.Id] is { IsSettled: false } record) CancelHalted(record);
        }
    }

    private void CancelHalted(StepRecord record) => core.Emit(new StepCancelled(record.Step.Id, "a critical step failed", core.HaltedBy));

    /// <summary>Lets a step wait before its next attempt.</summary>
    public void Delay(int step, TimeSpan delay)
    {
        _delayed.Add(step);
        core.Deadlines.Add(core.Elapsed + delay, new Deadline(DeadlineKind.Retry, Step: step));
    }

    /// <summary>Does what is due for an attempt or a delayed step.</summary>
    public void OnDue(Deadline deadline)
    {
        switch (deadline.Kind)
        {
            case DeadlineKind.Retry:
                if (_delayed.Remove(deadline.Step)) core.Scheduler.Enqueue(deadline.Step);
                break;
            case DeadlineKind.StepTimeout:
                EndStep(deadline.Step);
                break;
            case DeadlineKind.AttemptTimeout:
                Stop(deadline.Attempt!, StopCause.Timeout);
                break;
            case DeadlineKind.Heartbeat:
                var due = deadline.Attempt!.LastSign + deadline.Attempt.Step.Timeouts.Heartbeat!.Value;
                if (due <= core.Elapsed) Stop(deadline.Attempt, StopCause.MissedHeartbeat);
                else if (_running.Contains(deadline.Attempt)) core.Deadlines.Add(due, deadline);
                break;
            case DeadlineKind.AttemptGrace:
                if (_running.Remove(deadline.Attempt!)) Abandon(deadline.Attempt!);
                break;
            case DeadlineKind.RunGrace:
                foreach (var attempt in _running) Abandon(attempt);
                _running.Clear();
                break;
            default:
                throw new InvalidOperationException($"'{deadline.Kind}' concerns no attempt.");
        }
    }

    /// <summary>Asks one attempt to stop; it gets its grace.</summary>
    public void Stop(StepAttempt attempt, StopCause cause)
    {
        if (!_running.Contains(attempt) || !attempt.Stop(cause)) return;
        core.Deadlines.Add(core.Elapsed + core.Options.StopGrace, new Deadline(DeadlineKind.AttemptGrace, attempt));
    }

    /// <summary>Asks the attempt at a step to stop, when there is one.</summary>
    public void Stop(int step, StopCause cause)
    {
        if (_running.FirstOrDefault(attempt => attempt.Index == step) is { } attempt) Stop(attempt, cause);
    }

    /// <summary>Asks all to stop; all together get their grace.</summary>
    public void StopAll(StopCause cause)
    {
        foreach (var attempt in _running) attempt.Stop(cause);
        core.Deadlines.Add(core.Elapsed + core.Options.StopGrace, new Deadline(DeadlineKind.RunGrace));
    }

    /// <summary>Journals the newest sign of life of each attempt.</summary>
    public void TakeProgress()
    {
        foreach (var attempt in _running)
        {
            if (attempt.TakeProgress() is { } progress) core.Emit(progress);
        }
    }

    /// <summary>Limits the time of a step with all its attempts, from its first start.</summary>
    public void LimitStep(int step, StepRecord record)
    {
        if (record.Step.Timeouts.Total is not { } total || !_limited.Add(step)) return;
        var spent = record.FirstStartedAt is { } since ? core.Now - since : TimeSpan.Zero;
        // Clocks of machines differ, and are set back: nobody gets more than all of the time.
        if (spent < TimeSpan.Zero) spent = TimeSpan.Zero;
        core.Deadlines.Add(core.Elapsed + (spent < total ? total - spent : TimeSpan.Zero), new Deadline(DeadlineKind.StepTimeout, Step: step));
    }

    /// <summary>Ends a step whose time is over, wherever it waits.</summary>
    private void EndStep(int step)
    {
        var record = core.Run.Steps[step];
        if (record.IsSettled) return;
        if (record.State is StepState.Running)
        {
            Stop(step, StopCause.StepTimeout);
            return;
        }

        _delayed.Remove(step);
        if (record.OpenQuestion is { } question) OnAskedInVain(step, question);
        Fail(step, record.Attempt, RunProblems.StepTimedOut(record.Step.Timeouts.Total!.Value, record.Failure?.Message));
        core.Scheduler.Settle(step);
    }

    private void CompleteFailed(StepAttempt attempt, Failure failure)
    {
        if (attempt.StopCause is StopCause.Release or StopCause.Pause or StopCause.Cancel)
        {
            core.Emit(new StepInterrupted(attempt.Step.Id, attempt.Number, attempt.StopCause is StopCause.Cancel ? "the run was cancelled" : "the run was paused"));
            return;
        }

        failure = FailureOf(attempt, failure.Message) ?? failure;
        var record = core.Run.Steps[attempt.Index];
        if (failure.IsRetryable && IsRepeatable(attempt.StopCause) && record.Retries < attempt.Step.Retry.MaxRetries && core.HaltedBy is null)
        {
            var delay = attempt.Step.Retry.DelayBefore(record.Retries + 1, failure.RetryAfter, core.Random);
            core.Emit(new StepRetrying(attempt.Step.Id, attempt.Number, failure, delay));
            Delay(attempt.Index, delay);
        }
        else if (!TryRecover(attempt, record, failure))
        {
            Fail(attempt.Index, attempt.Number, failure);
        }
    }

    /// <summary>Does what the step's rules of recovery say.</summary>
    /// <returns>False when the failure stands.</returns>
    private bool TryRecover(StepAttempt attempt, StepRecord record, Failure failure)
    {
        if (record.Step.Recovery.Rules.Count == 0 || core.HaltedBy is not null || !IsRepeatable(attempt.StopCause)) return false;
        if (RecoveryDecider.Decide(record.Step.Recovery, failure, record.Recoveries).Rule is not { } rule) return false;
        var delay = rule.Strategy is RetryRecovery retry ? retry.Delay : TimeSpan.Zero;
        var input = rule.Strategy is AlternativePath path ? path.Input : default;
        core.Emit(new StepRecovering(attempt.Step.Id, attempt.Number, failure, rule.Name, rule.Strategy.Name, delay, rule.Strategy.CalledAgent, input));
        switch (rule.Strategy)
        {
            case GracefulDegradation degradation:
                core.Emit(new StepSucceeded(attempt.Step.Id, attempt.Number, degradation.Output, IsDegraded: true));
                break;
            case Escalation escalation:
                var policy = new ApprovalPolicy { Question = escalation.Question, Approvers = escalation.To, Expiry = escalation.Expiry };
                OnQuestion(attempt, policy, RecoveryInput.Of(record));
                break;
            case RetryRecovery:
                Delay(attempt.Index, delay);
                break;
            default:
                core.Scheduler.Enqueue(attempt.Index);
                break;
        }

        return true;
    }

    /// <summary>Whether an attempt ended with a wish for another, which nothing gets once a critical step has failed.</summary>
    private bool IsCutShort(StepAttempt attempt) => core.HaltedBy is not null &&
        (attempt.Outcome is StepQuestion or StepSuspension || (attempt.Outcome is StepSuccess && core.Run.Steps[attempt.Index].IsCorrecting));

    private void End(StepAttempt attempt)
    {
        if (!_lent.Remove(attempt)) OnLent(attempt);
        attempt.Agent.EndWork(attempt.Outcome);
    }

    private static bool IsRepeatable(StopCause cause) => cause is not (StopCause.StepTimeout or StopCause.Deadline);

    private static Failure? FailureOf(StepAttempt attempt, string? detail) => attempt.StopCause switch
    {
        StopCause.Timeout => RunProblems.AttemptTimedOut(attempt.Step.Timeouts.Attempt!.Value, detail),
        StopCause.StepTimeout => RunProblems.StepTimedOut(attempt.Step.Timeouts.Total!.Value, detail),
        StopCause.Deadline => RunProblems.DeadlinePassed(detail),
        StopCause.MissedHeartbeat => RunProblems.HeartbeatMissed(attempt.Step.Timeouts.Heartbeat!.Value, detail),
        StopCause.LockLost => RunProblems.LockLost(attempt.Step.Modifies, detail),
        _ => null,
    };

    /// <summary>Gives up on an agent that does not stop. It may still act, so it is not tried again here, and its resources stay locked.</summary>
    private void Abandon(StepAttempt attempt)
    {
        core.Logger.LogWarning("The agent {Agent} did not stop at {Step} when asked; it is abandoned", attempt.Step.Agent, attempt.Step.Id);
        End(attempt);
        if (FailureOf(attempt, "the agent did not stop when asked and may still act") is { } failure)
        {
            Fail(attempt.Index, attempt.Number, failure);
            core.Scheduler.Settle(attempt.Index);
            locks.Lose(attempt.Step);
        }
        else
        {
            core.Emit(new StepInterrupted(attempt.Step.Id, attempt.Number, "the agent did not stop when asked"));
        }
    }
}
