using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Graphs;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Runs one plan: the single writer of its journal. Each turn folds everything that waits (completions, due times, requests to stop),
/// decides what starts, appends all of it at once, and only then starts it. So a start is durable before the agent acts, a success is
/// durable before a dependent starts, and a chain costs one append a step.
/// </summary>
internal sealed class RunLoop : IDisposable
{
    private readonly RunProjection _run;
    private readonly AgentRegistry _agents;
    private readonly RunOptions _options;
    private readonly CancellationToken _pauseToken;
    private readonly Channel<StepAttempt?> _inbox = Channel.CreateUnbounded<StepAttempt?>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly CancellationTokenSource _stopSource = new();
    private readonly Deadlines _deadlines;
    private readonly Scheduler _scheduler;
    private readonly ResourceLocks _locks;
    private readonly RunWriter _writer;
    private readonly Random _random;
    private readonly HashSet<StepAttempt> _running = [];
    private readonly HashSet<int> _delayed = [];
    private readonly List<StepAttempt> _starting = [];
    private DateTimeOffset _now;
    private bool _isRenewalDue;
    private int _hasProgress;
    private string? _haltedBy;
    private StopCause _stop;
    private string? _cancelReason;

    public RunLoop(
        IRunJournal journal, RunLease lease, RunProjection run, DirectedGraph graph, AgentRegistry agents, RunOptions options, CancellationToken pauseToken)
    {
        _run = run;
        _agents = agents;
        _options = options;
        _pauseToken = pauseToken;
        _deadlines = new Deadlines(options.Time, Wake);
        _scheduler = new Scheduler(run, graph, options.Estimates, Emit);
        _locks = new ResourceLocks(_scheduler.Enqueue);
        _writer = new RunWriter(journal, lease, options);
        _random = new Random(options.JitterSeed ?? StableSeed(run.RunId));
        _now = JournalTime.Now(options.Time);
    }

    public string RunId => _run.RunId;

    public TimeProvider Time => _options.Time;

    public ILogger Logger => _options.Logger;

    public TimeSpan Elapsed => _deadlines.Now;

    public CancellationToken StopToken => _stopSource.Token;

    /// <summary>Begins a new run; the projection holds its first event already.</summary>
    public Task<Diagnostic?> StartAsync()
    {
        _writer.Add(new RunStarted(_run.RunId, _run.Plan));
        return RunAsync();
    }

    /// <summary>Goes on with a run.</summary>
    public Task<Diagnostic?> ResumeAsync()
    {
        _writer.DurableSequence = _run.Sequence;
        Emit(new RunResumed(_options.Owner));
        foreach (var record in _run.Steps)
        {
            if (record.State is StepState.Running) Emit(new StepInterrupted(record.Step.Id, record.Attempt, "the process ended before the result was known"));
            if (record.IsHoldingLocks) Emit(new LockReleased(record.Step.Id, Resources(record.Step)));
        }

        return RunAsync();
    }

    /// <summary>Ends the run for good. Safe to call from any thread.</summary>
    public void RequestCancel(string reason)
    {
        Interlocked.CompareExchange(ref _cancelReason, reason, null);
        Wake();
    }

    public void Post(StepAttempt attempt) => _inbox.Writer.TryWrite(attempt);

    public void OnProgress(string stepId, int attempt, string? message, double? fraction)
    {
        Volatile.Write(ref _hasProgress, 1);
        _writer.OnProgress(stepId, attempt, message, fraction);
    }

    public JsonElement? FindOutput(string stepId) => _run.Find(stepId) is { State: StepState.Succeeded } record ? record.Output : null;

    public void Dispose()
    {
        _deadlines.Dispose();
        // An abandoned agent may still look at a token that was cancelled.
        if (!_stopSource.IsCancellationRequested) _stopSource.Dispose();
    }

    private async Task<Diagnostic?> RunAsync()
    {
        // From here on the thread pool: neither the caller's thread nor its synchronisation context is used.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var pauseRegistration = _pauseToken.UnsafeRegister(static state => ((RunLoop)state!).Wake(), this);
        _deadlines.Add(RenewalTime(), new Deadline(DeadlineKind.LeaseRenewal));
        TakeInState();
        while (true)
        {
            _now = JournalTime.Now(Time);
            TakeCompletions();
            TakeDeadlines();
            TakeStopRequests();
            SelectStarts();
            var isFinished = TryFinish();
            if (await WriteAsync() is { } problem)
            {
                await StopAfterJournalAsync();
                return problem;
            }

            if (isFinished) return null;
            foreach (var attempt in _starting) attempt.Start();
            _starting.Clear();
            _deadlines.Arm();
            await _inbox.Reader.WaitToReadAsync(CancellationToken.None);
        }
    }

    private void TakeInState()
    {
        foreach (var record in _run.Steps)
        {
            if (record.Step.Criticality is Criticality.Critical && record.State is StepState.Failed or StepState.TimedOut) _haltedBy = record.Step.Id;
        }

        for (var step = 0; step < _run.Steps.Count; step++)
        {
            var record = _run.Steps[step];
            if (record is { IsSettled: false, IsInterrupted: true, Step.OnInterrupted: OnInterrupted.Fail })
                Fail(step, record.Attempt, RunProblems.Interrupted(record.Attempt));
            else if (record.State is StepState.Ready && record.NotBefore is { } notBefore && notBefore > _now) Delay(step, TimeSpan.FromTicks(Math.Min((notBefore - _now).Ticks, record.RetryDelay.Ticks)));
            else if (record.State is StepState.Ready) _scheduler.Enqueue(step);
        }

        _scheduler.Initialize();
    }

    private void TakeCompletions()
    {
        while (_inbox.Reader.TryRead(out var attempt))
        {
            if (attempt is null) _deadlines.Disarm();
            else if (_running.Remove(attempt)) Complete(attempt);
        }
    }

    private void Complete(StepAttempt attempt)
    {
        var stepId = attempt.Step.Id;
        switch (attempt.Outcome)
        {
            case StepSuccess success:
                Emit(new StepSucceeded(stepId, attempt.Number, success.Output));
                break;
            case StepSkip skip:
                Emit(new StepSkipped(stepId, attempt.Number, skip.Reason));
                break;
            case StepFailure failure:
                CompleteFailed(attempt, failure.Failure);
                break;
            default:
                throw new InvalidOperationException($"The set of outcomes is closed, but '{stepId}' gave another.");
        }

        attempt.Dispose();
        ReleaseLocks(attempt);
        if (_run.Steps[attempt.Index].IsSettled) _scheduler.Settle(attempt.Index);
    }

    private void CompleteFailed(StepAttempt attempt, Failure failure)
    {
        if (attempt.StopCause is StopCause.Pause or StopCause.Cancel)
        {
            Emit(new StepInterrupted(attempt.Step.Id, attempt.Number, attempt.StopCause is StopCause.Pause ? "the run was paused" : "the run was cancelled"));
            return;
        }

        failure = FailureOf(attempt, failure.Message) ?? failure;
        var record = _run.Steps[attempt.Index];
        if (failure.IsRetryable && record.Retries < attempt.Step.Retry.MaxRetries && _haltedBy is null)
        {
            var delay = attempt.Step.Retry.DelayBefore(record.Retries + 1, failure.RetryAfter, _random);
            Emit(new StepRetrying(attempt.Step.Id, attempt.Number, failure, delay));
            Delay(attempt.Index, delay);
        }
        else
        {
            Fail(attempt.Index, attempt.Number, failure);
        }
    }

    private static Failure? FailureOf(StepAttempt attempt, string? detail) => attempt.StopCause switch
    {
        StopCause.Timeout => RunProblems.AttemptTimedOut(attempt.Step.Timeouts.Attempt!.Value, detail),
        StopCause.MissedHeartbeat => RunProblems.HeartbeatMissed(attempt.Step.Timeouts.Heartbeat!.Value, detail),
        _ => null,
    };

    private void Fail(int step, int attempt, Failure failure)
    {
        var failed = _run.Steps[step].Step;
        Emit(new StepFailed(failed.Id, attempt, failure));
        if (failed.Criticality is not Criticality.Critical || _haltedBy is not null) return;
        _haltedBy = failed.Id;
        _delayed.Clear();
        foreach (var record in _run.Steps)
        {
            // What was under way when a process died had been started before the halt, and may end like its siblings.
            if (record.IsSettled || record.State is StepState.Running || record.IsInterrupted) continue;
            Emit(new StepCancelled(record.Step.Id, "a critical step failed", failed.Id));
        }
    }

    private void Delay(int step, TimeSpan delay)
    {
        _delayed.Add(step);
        _deadlines.Add(Elapsed + delay, new Deadline(DeadlineKind.Retry, Step: step));
    }

    private void TakeDeadlines()
    {
        var now = Elapsed;
        while (_deadlines.TryTakeDue(now, out var deadline))
        {
            switch (deadline.Kind)
            {
                case DeadlineKind.Retry:
                    if (_delayed.Remove(deadline.Step)) _scheduler.Enqueue(deadline.Step);
                    break;
                case DeadlineKind.AttemptTimeout:
                    StopAttempt(deadline.Attempt!, StopCause.Timeout);
                    break;
                case DeadlineKind.Heartbeat:
                    var due = deadline.Attempt!.LastSign + deadline.Attempt.Step.Timeouts.Heartbeat!.Value;
                    if (due <= now) StopAttempt(deadline.Attempt, StopCause.MissedHeartbeat);
                    else if (_running.Contains(deadline.Attempt)) _deadlines.Add(due, deadline);
                    break;
                case DeadlineKind.AttemptGrace:
                    if (_running.Remove(deadline.Attempt!)) Abandon(deadline.Attempt!);
                    break;
                case DeadlineKind.RunGrace:
                    foreach (var attempt in _running) Abandon(attempt);
                    _running.Clear();
                    break;
                default:
                    _isRenewalDue = true;
                    break;
            }
        }
    }

    private void StopAttempt(StepAttempt attempt, StopCause cause)
    {
        if (!_running.Contains(attempt) || attempt.StopCause is not StopCause.None) return;
        attempt.Stop(cause);
        _deadlines.Add(Elapsed + _options.StopGrace, new Deadline(DeadlineKind.AttemptGrace, attempt));
    }

    /// <summary>Gives up on an agent that does not stop. It may still act, so it is not tried again here, and its resources stay locked.</summary>
    private void Abandon(StepAttempt attempt)
    {
        Logger.LogWarning("The agent {Agent} did not stop at {Step} when asked; it is abandoned", attempt.Step.Agent, attempt.Step.Id);
        if (FailureOf(attempt, "the agent did not stop when asked and may still act") is { } failure)
        {
            Fail(attempt.Index, attempt.Number, failure);
            _scheduler.Settle(attempt.Index);
            _locks.Lose(Resources(attempt.Step));
        }
        else
        {
            Emit(new StepInterrupted(attempt.Step.Id, attempt.Number, "the agent did not stop when asked"));
        }
    }

    private void TakeStopRequests()
    {
        var wanted = Volatile.Read(ref _cancelReason) is not null ? StopCause.Cancel
            : _pauseToken.IsCancellationRequested ? StopCause.Pause
            : StopCause.None;
        if (wanted > _stop) StopAll(wanted);
    }

    private void StopAll(StopCause cause)
    {
        _stop = cause;
        _ = _stopSource.CancelAsync();
        foreach (var attempt in _running) attempt.Stop(cause);
        _deadlines.Add(Elapsed + _options.StopGrace, new Deadline(DeadlineKind.RunGrace));
    }

    private void SelectStarts()
    {
        while (_stop is StopCause.None && _running.Count < _options.Parallelism && _scheduler.TryTake(out var step))
        {
            var record = _run.Steps[step];
            if (TryLock(step, record)) Start(step, record);
        }

        _scheduler.AnnounceReady();
    }

    /// <summary>Takes what a step modifies.</summary>
    /// <returns>False when it waits for a resource, or will not run at all.</returns>
    private bool TryLock(int step, StepRecord record)
    {
        var isWanted = record.State is StepState.Pending or StepState.Ready;
        if (record.Step.Modifies.Count == 0) return isWanted;
        var resources = Resources(record.Step);
        if (isWanted && _locks.LostTo(resources) is { } holder)
        {
            Emit(new StepBlocked(record.Step.Id, _run.Steps[holder].Step.Id));
            _scheduler.Settle(step);
            isWanted = false;
        }

        if (!isWanted)
        {
            _locks.PassOn(resources);
            return false;
        }

        if (!_locks.TryAcquire(step, _scheduler.RankOf(step), resources)) return false;
        Emit(new LockAcquired(record.Step.Id, resources));
        return true;
    }

    private void Start(int step, StepRecord record)
    {
        var isVerification = record is { IsInterrupted: true, Step.OnInterrupted: OnInterrupted.Verify };
        Emit(new StepStarted(record.Step.Id, record.Attempt + 1, isVerification));
        var attempt = new StepAttempt(this, step, record.Step, _agents.Find(record.Step.Agent)!, record.Attempt, isVerification);
        if (record.Step.Timeouts.Attempt is { } timeout) _deadlines.Add(Elapsed + timeout, new Deadline(DeadlineKind.AttemptTimeout, attempt));
        if (record.Step.Timeouts.Heartbeat is { } heartbeat) _deadlines.Add(Elapsed + heartbeat, new Deadline(DeadlineKind.Heartbeat, attempt));
        _running.Add(attempt);
        _starting.Add(attempt);
    }

    /// <summary>Writes the run's last event when nothing goes on and nothing can.</summary>
    private bool TryFinish()
    {
        if (_running.Count > 0) return false;
        if (_stop is StopCause.Cancel && _run.OpenSteps > 0)
        {
            foreach (var record in _run.Steps)
            {
                if (!record.IsSettled) Emit(new StepCancelled(record.Step.Id, _cancelReason!, By: null));
            }

            Emit(new RunFinished(RunStatus.Cancelled));
            return true;
        }

        if (_stop is StopCause.Pause && _run.OpenSteps > 0)
        {
            Emit(new RunPaused("stopped on request"));
            return true;
        }

        if (_delayed.Count > 0) return false;
        if (_run.OpenSteps > 0) throw new InvalidOperationException($"The run '{RunId}' has {_run.OpenSteps} open steps and nothing that could go on.");
        Emit(new RunFinished(_run.ComputeStatus()));
        return true;
    }

    private async ValueTask<Diagnostic?> WriteAsync()
    {
        if (_isRenewalDue)
        {
            if (await _writer.RenewAsync() is { } lost) return lost;
            _isRenewalDue = false;
            _deadlines.Add(RenewalTime(), new Deadline(DeadlineKind.LeaseRenewal));
            TakeProgress();
        }

        if (_writer.HasEvents) TakeProgress();
        return await _writer.AppendAsync(_now);
    }

    private void TakeProgress()
    {
        if (Interlocked.Exchange(ref _hasProgress, 0) == 0) return;
        foreach (var attempt in _running)
        {
            if (attempt.TakeProgress() is { } progress) Emit(progress);
        }
    }

    /// <summary>Without a journal nothing may be done or recorded: agents are asked to stop and waited for.</summary>
    private async Task StopAfterJournalAsync()
    {
        foreach (var attempt in _starting) _running.Remove(attempt);
        StopAll(StopCause.JournalLost);
        while (_running.Count > 0)
        {
            _deadlines.Arm();
            await _inbox.Reader.WaitToReadAsync(CancellationToken.None);
            while (_inbox.Reader.TryRead(out var attempt))
            {
                if (attempt is null) _deadlines.Disarm();
                else _running.Remove(attempt);
            }

            while (_deadlines.TryTakeDue(Elapsed, out var deadline))
            {
                if (deadline.Kind is DeadlineKind.RunGrace) _running.Clear();
            }
        }
    }

    private void ReleaseLocks(StepAttempt attempt)
    {
        if (attempt.Step.Modifies.Count == 0) return;
        var resources = Resources(attempt.Step);
        _locks.Release(resources);
        Emit(new LockReleased(attempt.Step.Id, resources));
    }

    /// <summary>Folds an event in at once and appends it with the others of this turn.</summary>
    private void Emit(RunEvent runEvent)
    {
        _run.Apply(runEvent, _now);
        _writer.Add(runEvent);
    }

    /// <summary>Brings the loop to its next turn; who wakes it, such as a person's cancellation, does not lend it a thread.</summary>
    private void Wake() => ThreadPool.UnsafeQueueUserWorkItem(static inbox => inbox.TryWrite(null), _inbox.Writer, preferLocal: false);

    private TimeSpan RenewalTime() => Elapsed + (_options.LeaseDuration / 3);

    private static string[] Resources(Step step) => step.Modifies.Count == 0 ? [] : [.. step.Modifies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>FNV-1a of the run's id: the same on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static int StableSeed(string runId)
    {
        var hash = 2166136261u;
        foreach (var character in runId) hash = (hash ^ character) * 16777619u;
        return (int)hash;
    }
}
