using System.Text.Json;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Board;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>One attempt at a step: calls the agent and brings its outcome to the run's loop.</summary>
internal sealed class StepAttempt : RunMessage, IStepHost, IThreadPoolWorkItem, IDisposable
{
    private readonly RunLoop _loop;
    private readonly StepContext _context;
    private readonly AttemptLimits? _limits;
    private StepHeartbeat? _progress;

    public StepAttempt(RunLoop loop, int index, Step step, RegisteredAgent agent, int number, bool isVerification, long? lockToken)
    {
        _loop = loop;
        Agent = agent;
        Index = index;
        IsVerification = isVerification;
        _context = new StepContext(this, step, number);
        // Only what can be stopped for itself needs a token of its own; all others share the run's.
        if (!ReferenceEquals(step.Timeouts, StepTimeouts.None) || lockToken is not null) _limits = new AttemptLimits(lockToken, loop.Elapsed);
    }

    public RegisteredAgent Agent { get; }

    /// <summary>The step's place in the plan.</summary>
    public int Index { get; }

    public bool IsVerification { get; }

    public RunBoard Board => _loop.Board;

    public long? LockToken => _limits?.LockToken;

    public ApprovalDecision? Decision => _loop.Run.Steps[Index].NewestDecision?.Decision;

    public int Number => _context.Attempt;

    public Step Step => _context.Step;

    /// <summary>Why it was asked to stop.</summary>
    public StopCause StopCause { get; private set; }

    /// <summary>How it ended; null while it goes on.</summary>
    public StepOutcome? Outcome { get; private set; }

    /// <summary>When it last gave a sign of life, on the run's clock; only for attempts with a limit.</summary>
    public TimeSpan LastSign => _limits!.LastSign;

    public string RunId => _loop.RunId;

    public TimeProvider Time => _loop.Time;

    private CancellationToken Token => _limits?.Source.Token ?? _loop.StopToken;

    public override void Take(RunLoop loop) => loop.OnAttemptEnded(this);

    public Plan Plan => _loop.Run.Started.Plan;

    public int RetriesLeft => Math.Max(0, Step.Retry.MaxRetries - _loop.Run.Steps[Index].Retries);

    public JsonElement? FindOutput(string stepId) => _loop.FindOutput(stepId);

    public Task<IReadOnlyList<Diagnostic>> AddStepsAsync(IReadOnlyList<Step> steps, bool isBeforeDependents) =>
        AskAsync(loop => loop.AddSteps(this, steps, isBeforeDependents));

    public async Task<T> AwaitAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellationToken)
    {
        await AskAsync(loop => loop.BeginWait(this)).ConfigureAwait(false);
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_loop.Core.WaitToken, Token, cancellationToken);
            return await wait(end.Token).ConfigureAwait(false);
        }
        finally
        {
            await AskAsync(loop => loop.EndWait(this)).ConfigureAwait(false);
        }
    }

    public Task<T> ReadRunAsync<T>(Func<RunProjection, T> read) => AskAsync(loop => read(loop.Run));

    public Task RecordCompensationAsync(CompensationAction action) => AskAsync(loop => loop.RecordCompensation(this, action));

    public async Task<RunResult> RunSubPlanAsync(string name, Plan plan, CancellationToken cancellationToken)
    {
        var subRun = await AskAsync(loop => loop.BeginSubRun(this, name, plan)).ConfigureAwait(false);
        try
        {
            if (subRun.FindProblem() is { } problem) return new RunResult(null, [problem]);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(Token, cancellationToken);
            var result = await _loop.Engine.RunBelowAsync(subRun, either.Token).ConfigureAwait(false);
            return _loop.IsCancelled && result.Status is RunStatus.Paused ? await _loop.Engine.CancelAsync(subRun.RunId, "the run above it was cancelled", CancellationToken.None).ConfigureAwait(false) : result;
        }
        finally
        {
            await AskAsync(loop => loop.EndWait(this)).ConfigureAwait(false);
        }
    }

    public void Heartbeat()
    {
        if (_limits is not null) _limits.LastSign = _loop.Elapsed;
    }

    public void Report(string? message, double? fraction)
    {
        Heartbeat();
        // A share of nothing is no number, and must not spoil the journal.
        if (fraction is { } given) fraction = double.IsFinite(given) ? Math.Clamp(given, 0, 1) : null;
        Volatile.Write(ref _progress, new StepHeartbeat(Step.Id, Number, message, fraction));
        _loop.OnProgress(Step.Id, Number, message, fraction);
    }

    public StepHeartbeat? TakeProgress() => Interlocked.Exchange(ref _progress, null);

    /// <summary>Calls the agent: on the caller's thread when it is inline, on the thread pool otherwise.</summary>
    public void Start()
    {
        if (Agent.Agent.IsInline) CallAgent();
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Asks the agent to stop; the first cause counts, but once the time of its step is over no other gives it another attempt.</summary>
    /// <returns>False when it had been asked already.</returns>
    public bool Stop(StopCause cause)
    {
        var isFirst = StopCause is StopCause.None;
        if (isFirst || (cause is StopCause.StepTimeout && StopCause is StopCause.Timeout or StopCause.MissedHeartbeat or StopCause.LockLost)) StopCause = cause;
        // The callbacks of the agent run on the thread pool, not in the loop; what they throw concerns the agent alone.
        if (isFirst && _limits is not null) _ = _limits.Source.CancelAsync();
        return isFirst;
    }

    public void Dispose()
    {
        // An agent that was asked to stop may still be running the callbacks of its token.
        if (StopCause is StopCause.None) _limits?.Source.Dispose();
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (Outcome is null) CallAgent();
        else _loop.Post(this);
    }

    private Task<T> AskAsync<T>(Func<RunLoop, T> act)
    {
        var call = new HostCall<T>(this, act);
        _loop.Post(call);
        return call.Answer;
    }

    private void CallAgent()
    {
        try
        {
            // Asked to stop before its turn came: the run may be over by now, and the agent must not act any more.
            Token.ThrowIfCancellationRequested();
            var pending = IsVerification ? VerifyAsync() : RunAgentAsync();
            if (!pending.IsCompletedSuccessfully)
            {
                _ = AwaitAsync(pending);
                return;
            }

            Outcome = Accept(pending.GetAwaiter().GetResult());
        }
        catch (Exception exception)
        {
            Outcome = FromException(exception);
        }

        _loop.Post(this);
    }

    private async Task AwaitAsync(ValueTask<StepOutcome> pending)
    {
        try
        {
            Outcome = Accept(await pending.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Outcome = FromException(exception);
        }

        // The agent may have completed on any thread, inside a lock of its own: the loop must not run there.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private async ValueTask<StepOutcome> VerifyAsync() =>
        await ((IVerifyingAgent)Agent.Agent).VerifyAsync(_context, Token).ConfigureAwait(false)
        ?? await RunAgentAsync().ConfigureAwait(false);

    private ValueTask<StepOutcome> RunAgentAsync() => _loop.Core.Engine.Interceptor is { } interceptor
        ? interceptor.RunAsync(Agent, _context, Token)
        : Agent.Agent.RunAsync(_context, Token);

    private StepOutcome Accept(StepOutcome? outcome) => outcome switch
    {
        null => NoOutcome(),
        // A copy, because the agent may dispose of the document before the journal is written.
        StepSuccess { Output: { ValueKind: not JsonValueKind.Undefined } output } => new StepSuccess(output.Clone()),
        StepQuestion { Detail: { ValueKind: not JsonValueKind.Undefined } detail } question => question with { Detail = detail.Clone() },
        _ => outcome,
    };

    private StepFailure NoOutcome() =>
        new(new Failure { Code = "SLW5103", Kind = FailureKind.Permanent, Message = $"the agent '{Step.Agent}' returned no outcome" });

    private StepFailure FromException(Exception exception)
    {
        var failure = FailureClassifier.FromException(exception);
        if (failure.Code == "SLW5103") _loop.Logger.LogError(exception, "The agent {Agent} threw at {Step}", Step.Agent, Step.Id);
        return new StepFailure(failure);
    }
}
