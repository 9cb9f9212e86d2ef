using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Board;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Runs one plan: the single writer of its journal. Each turn folds everything that waits (completions, due times, requests to stop),
/// decides what starts, appends all of it at once, and only then starts it. So a start is durable before the agent acts, a success is
/// durable before a dependent starts, and a chain costs one append a step.
/// </summary>
internal sealed class RunLoop : IDisposable
{
    private readonly RunCore _core;
    private readonly RunLocks _locks;
    private readonly Attempts _attempts;
    private readonly ApprovalDesk _approvals;
    private readonly Admission _admission;
    private readonly RunEnding _ending;
    private readonly RunPlace _place;
    private readonly CancellationToken _pauseToken;
    private readonly StopCause _onCancelled;
    private readonly Channel<RunMessage?> _inbox = Channel.CreateUnbounded<RunMessage?>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private bool _isRenewalDue;
    private BoardContent? _content;
    private RunBoard? _board;
    private int _hasProgress;
    private (StopCause Cause, string Reason) _request;
    private Diagnostic? _storeProblem;

    public RunLoop(EngineServices engine, RunJob job, CancellationToken pauseToken)
    {
        _pauseToken = pauseToken;
        _onCancelled = job.OnCancelled;
        _place = job.Place;
        _content = job.Board;
        _core = new RunCore(engine, job.Lease, job.Run, job.Graph, Wake);
        _locks = new RunLocks(_core, this, job.Place.Tokens);
        _attempts = new Attempts(_core, _locks)
        {
            OnLent = attempt => _admission!.Release(attempt),
            OnTakenBack = attempt => _admission!.Retake(attempt),
            OnAskedInVain = (step, question) => _approvals!.Withdraw(step, question),
            OnQuestion = (attempt, policy, detail) => _approvals!.Ask(attempt.Index, Run.Steps[attempt.Index], policy, detail),
        };
        _approvals = new ApprovalDesk(_core, this, _attempts);
        _admission = new Admission(_core, this, _attempts, _locks, _approvals);
        _ending = new RunEnding(_core, _attempts, _locks, _admission, _approvals);
    }

    public RunProjection Run => _core.Run;

    public string RunId => _core.Run.RunId;

    public TimeProvider Time => _core.Options.Time;

    public ILogger Logger => _core.Logger;

    public TimeSpan Elapsed => _core.Elapsed;

    public CancellationToken StopToken => _core.StopToken;

    /// <summary>Begins a new run; the projection holds its first event already.</summary>
    public Task<Diagnostic?> StartAsync()
    {
        _core.Writer.Add(_core.Run.Started);
        return RunAsync();
    }

    /// <summary>Goes on with a run.</summary>
    /// <param name="deadline">How long it may take from now; null when its deadline stays as it is.</param>
    public Task<Diagnostic?> ResumeAsync(TimeSpan? deadline)
    {
        _core.Writer.DurableSequence = _core.Run.Sequence;
        _core.Emit(new RunResumed(_core.Options.Owner) { DeadlineAt = _core.Now + deadline });
        foreach (var left in Interruptions.Of(_core.Run)) _core.Emit(left);

        return RunAsync();
    }

    /// <summary>Asks the run to stop; the gravest cause counts. Safe to call from any thread.</summary>
    public void RequestStop(StopCause cause, string reason)
    {
        lock (_inbox)
        {
            if (cause <= _request.Cause) return;
            // Somebody wants the run to rest: whoever only lets it go must not make it go on elsewhere.
            _request = (_request.Cause, cause) is (StopCause.Drain, StopCause.Release) ? (StopCause.Pause, _request.Reason) : (cause, reason);
        }

        Wake();
    }

    /// <summary>Does something in the loop, and answers when all that it journaled is durable.</summary>
    /// <exception cref="OperationCanceledException">The run is over.</exception>
    public Task<T> AskAsync<T>(Func<T> act)
    {
        var call = new HostCall<T>(attempt: null, _ => act());
        Post(call);
        return call.Answer;
    }

    /// <summary>Brings something to the loop. Safe to call from any thread.</summary>
    public void Post(RunMessage message)
    {
        if (!_inbox.Writer.TryWrite(message)) message.Lose();
    }

    public void OnProgress(string stepId, int attempt, string? message, double? fraction)
    {
        Volatile.Write(ref _hasProgress, 1);
        _core.Writer.OnProgress(stepId, attempt, message, fraction);
    }

    public JsonElement? FindOutput(string stepId) => _core.Run.Find(stepId) is { State: StepState.Succeeded } record ? record.Output : null;

    /// <summary>What its agents share; made when first asked for.</summary>
    public RunBoard Board => LazyInitializer.EnsureInitialized(ref _board, () => new RunBoard(this, _content ??= new BoardContent(RunId, Time, _core.Options.Metrics)));

    public RunCore Core => _core;

    public RunEngine Engine => _core.Engine.Engine;

    /// <summary>True when the run is to end for good.</summary>
    public bool IsCancelled => _core.Stop is StopCause.Cancel;

    /// <summary>Puts steps below the one of an attempt.</summary>
    public IReadOnlyList<Diagnostic> AddSteps(StepAttempt attempt, IReadOnlyList<Step> steps, bool isBeforeDependents)
    {
        var by = Run.Steps[attempt.Index].Step;
        var (fresh, problems) = AddedSteps.Check(Run, by, steps, _core.Engine.Agents);
        if (fresh.Count == 0) return problems;
        var added = new StepsAdded(by.Id, attempt.Number, fresh, isBeforeDependents ? _core.Scheduler.PendingDependentsOf(attempt.Index) : []);
        _core.Emit(added);
        _core.Scheduler.Add(added);
        _attempts.CancelHalted(fresh);
        return [];
    }

    /// <summary>Lets an attempt wait for a run below its step; it holds no slot meanwhile.</summary>
    public SubRun BeginSubRun(StepAttempt attempt, string name, Plan plan)
    {
        var runId = SubRun.IdOf(RunId, attempt.Step.Id, name);
        _core.Emit(new SubRunStarted(attempt.Step.Id, attempt.Number, runId));
        _attempts.Lend(attempt);
        var grant = _locks.GrantOf(attempt.Index);
        var place = grant is null
            ? _place with { Depth = _place.Depth + 1 }
            : new RunPlace(_place.Depth + 1, [.. _place.Tokens, grant.FencingToken], _place.Resources.Concat(grant.Resources).ToHashSet(StringComparer.Ordinal));
        return new SubRun(runId, plan, new ParentStep(RunId, attempt.Step.Id), Run.Priority, place);
    }

    /// <summary>Lets an attempt wait for somebody outside the run; it holds no slot meanwhile.</summary>
    public bool BeginWait(StepAttempt attempt)
    {
        _attempts.Lend(attempt);
        return true;
    }

    public bool EndWait(StepAttempt attempt)
    {
        _attempts.TakeBack(attempt);
        return true;
    }

    /// <summary>Keeps how to undo what an attempt is about to do.</summary>
    public bool RecordCompensation(StepAttempt attempt, CompensationAction action)
    {
        _core.Emit(new CompensationRecorded(attempt.Step.Id, attempt.Number, action));
        return true;
    }

    public bool IsUnderWay(StepAttempt attempt) => _attempts.IsRunning(attempt);

    public void AfterWrite(Action done, Action lost) => _core.AfterWrite(done, lost);

    public void OnAttemptEnded(StepAttempt attempt) => _attempts.Complete(attempt);

    public void OnLockBlocked(int step, ResourceLock blocker)
    {
        var record = _core.Run.Steps[step];
        if (record.State is StepState.Pending or StepState.Ready) _core.Emit(new LockWaiting(record.Step.Id, blocker.Resource, blocker.RunId, blocker.StepId));
    }

    /// <summary>A store of the engine failed. The journal did not, so the run pauses in order.</summary>
    public void OnStoreFailed(Exception failure)
    {
        Logger.LogError(failure, "A store of run {RunId} failed", RunId);
        _storeProblem ??= RunProblems.StoreFailed(RunId, failure.Message);
        RequestStop(StopCause.Release, "a store of the engine failed");
    }

    /// <summary>Brings the loop to its next turn; who wakes it, such as a person's cancellation, does not lend it a thread.</summary>
    public void Wake() => ThreadPool.UnsafeQueueUserWorkItem(static inbox => inbox.TryWrite(null), _inbox.Writer, preferLocal: false);

    public void Dispose()
    {
        _content?.Dispose();
        _core.Dispose();
    }

    private async Task<Diagnostic?> RunAsync()
    {
        // From here on the thread pool: neither the caller's thread nor its synchronisation context is used.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var pauseRegistration = _pauseToken.UnsafeRegister(static state => ((RunLoop)state!).OnToken(), this);
        try
        {
            return await TurnAsync();
        }
        finally
        {
            _admission.Close();
            _core.Writer.Watchers.TellHeld();
            _inbox.Writer.Complete();
            while (_inbox.Reader.TryRead(out var message)) message?.Lose();
        }
    }

    private void OnToken() => RequestStop(_onCancelled, _onCancelled is StopCause.Release ? "its host stopped" : "stopped on request");

    private async Task<Diagnostic?> TurnAsync()
    {
        _core.Deadlines.Add(RenewalTime(), new Deadline(DeadlineKind.LeaseRenewal));
        TakeInState();
        while (true)
        {
            _core.BeginTurn();
            TakeMessages();
            TakeDeadlines();
            TakeStopRequests();
            _admission.SelectStarts();
            _core.Writer.Reserve(_core.Scheduler.NewlyReady);
            _core.Scheduler.AnnounceReady();
            var isFinished = _ending.TryFinish();
            if (await WriteAsync() is { } problem)
            {
                await StopAfterJournalAsync();
                return problem;
            }

            _core.RunAfterWrite();
            if (isFinished)
            {
                _approvals.Close();
                return _storeProblem;
            }

            _attempts.Start();
            await WaitForMessagesAsync();
        }
    }

    /// <summary>Waits for what comes or is due.</summary>
    private ValueTask<bool> WaitForMessagesAsync()
    {
        // What waits already may change what is due.
        if (!_inbox.Reader.TryPeek(out _)) _core.Deadlines.Arm();
        return _inbox.Reader.WaitToReadAsync(CancellationToken.None);
    }

    private void TakeInState()
    {
        foreach (var record in _core.Run.Steps)
        {
            if (record.Step.Criticality is Criticality.Critical && record.State is StepState.Failed or StepState.TimedOut) _core.HaltedBy = record.Step.Id;
        }

        for (var step = 0; step < _core.Run.Steps.Count; step++)
        {
            var record = _core.Run.Steps[step];
            if (record is { IsSettled: false, FirstStartedAt: not null }) _attempts.LimitStep(step, record);
            if (record is { IsSettled: false, IsInterrupted: true, Step.OnInterrupted: OnInterrupted.Fail })
                _attempts.Fail(step, record.Attempt, RunProblems.Interrupted(record.Attempt));
            else if (record is { IsSettled: false, OpenQuestion: not null })
                _approvals.WaitAgain(step, record);
            else if (record.State is StepState.Ready && record.NotBefore is { } notBefore && notBefore > _core.Now)
                _attempts.Delay(step, TimeSpan.FromTicks(Math.Min((notBefore - _core.Now).Ticks, record.RetryDelay.Ticks)));
            else if (record.State is StepState.Ready)
                _core.Scheduler.Enqueue(step);
        }

        if (_core.Run.DeadlineAt is { } deadline) _core.Deadlines.Add(Elapsed + (deadline - _core.Now), new Deadline(DeadlineKind.RunDeadline));
        _core.Scheduler.Initialize();
    }

    private void TakeMessages()
    {
        while (_inbox.Reader.TryRead(out var message))
        {
            if (message is null) _core.Deadlines.Disarm();
            else message.Take(this);
        }
    }

    private void TakeDeadlines()
    {
        var now = Elapsed;
        while (_core.Deadlines.TryTakeDue(now, out var deadline))
        {
            if (deadline.Kind is DeadlineKind.LeaseRenewal) _isRenewalDue = true;
            else if (deadline.Kind is DeadlineKind.RunDeadline) RequestStop(StopCause.Deadline, "the run's deadline passed");
            else _attempts.OnDue(deadline);
        }
    }

    private void TakeStopRequests()
    {
        (StopCause Cause, string Reason) request;
        lock (_inbox) request = _request;
        if (_core.TryStop(request.Cause, request.Reason) && request.Cause is not StopCause.Drain) _attempts.StopAll(request.Cause);
    }

    private async ValueTask<Diagnostic?> WriteAsync()
    {
        if (_isRenewalDue && await RenewAsync() is { } lost) return lost;
        if (_core.Writer.HasEvents) TakeProgress();
        return await _core.Writer.AppendAsync(_core.Now);
    }

    private async ValueTask<Diagnostic?> RenewAsync()
    {
        if (await _core.Writer.RenewAsync() is { } lost) return lost;
        _isRenewalDue = false;
        _core.Deadlines.Add(RenewalTime(), new Deadline(DeadlineKind.LeaseRenewal));
        try
        {
            foreach (var step in await _locks.RenewAsync(_core.Options.LeaseDuration)) _attempts.Stop(step, StopCause.LockLost);
        }
        catch (Exception exception)
        {
            OnStoreFailed(exception);
        }

        TakeProgress();
        return null;
    }

    private void TakeProgress()
    {
        if (Interlocked.Exchange(ref _hasProgress, 0) != 0) _attempts.TakeProgress();
    }

    /// <summary>Without a journal nothing may be done or recorded: agents are asked to stop and waited for.</summary>
    private async Task StopAfterJournalAsync()
    {
        _attempts.DropUnstarted();
        _core.LoseAfterWrite();
        _core.TryStop(StopCause.JournalLost, "the journal failed");
        _attempts.StopAll(StopCause.JournalLost);
        while (!_attempts.IsEmpty)
        {
            await WaitForMessagesAsync();
            while (_inbox.Reader.TryRead(out var message))
            {
                if (message is null) _core.Deadlines.Disarm();
                else if (message is StepAttempt attempt) _attempts.Forget(attempt);
                else message.Lose();
            }

            while (_core.Deadlines.TryTakeDue(Elapsed, out var deadline))
            {
                if (deadline.Kind is DeadlineKind.RunGrace) _attempts.ForgetAll();
            }
        }
    }

    private TimeSpan RenewalTime() => Elapsed + (_core.Options.LeaseDuration / 3);
}
