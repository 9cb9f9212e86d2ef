using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Board;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Graphs;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Runs plans over agents and journals them, so that a run survives its process. One engine runs any number of runs at once.
/// Expected failures are in the <see cref="RunResult"/>, not thrown.
/// </summary>
public sealed partial class RunEngine
{
    private readonly IRunJournal _journal;
    private readonly AgentRegistry _agents;
    private readonly RunOptions _options;
    private readonly EngineServices _services;
    private readonly ConcurrentDictionary<string, (RunLoop Loop, Task<RunResult> End)> _active = new(StringComparer.Ordinal);

    /// <summary>An engine.</summary>
    /// <param name="journal">Where runs are recorded.</param>
    /// <param name="agents">Who can do steps.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RunEngine(IRunJournal journal, AgentRegistry agents, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(agents);
        _journal = journal;
        _agents = agents;
        _options = options ?? new RunOptions();
        RunOptions.Validate(_options);
        if (_options.Metrics is { } metrics && !_options.Observers.Any(observer => observer is RunMetricsObserver))
            _options = _options with { Observers = [.. _options.Observers, new RunMetricsObserver(metrics)] };
        _services = new EngineServices(this, journal, agents, _options);
        _requests = new StopRequests(journal as IRunRequests, _options, Fulfil);
    }

    /// <summary>Runs a plan to its end.</summary>
    /// <param name="runId">The id of the new run, 1 to 200 characters.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="cancellationToken">Pauses the run: agents are asked to stop, and what was under way is journaled as interrupted. It can be resumed.</param>
    public Task<RunResult> StartAsync(string runId, Plan plan, CancellationToken cancellationToken = default) =>
        StartAsync(new RunRequest { RunId = runId, Plan = plan }, cancellationToken);

    /// <summary>Runs a plan to its end.</summary>
    /// <param name="request">What to do, and how.</param>
    /// <param name="cancellationToken">Pauses the run: agents are asked to stop, and what was under way is journaled as interrupted. It can be resumed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting of the request is out of its range.</exception>
    public async Task<RunResult> StartAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        RunRequest.Validate(request);
        var runId = request.RunId;
        var check = PlanValidator.Check(request.Plan, _agents);
        if (check.Graph is not { } graph) return new RunResult(null, check.Problems);
        return await HoldingAsync(runId, async (lease, end) =>
        {
            var (known, problem) = await LoadAsync(runId);
            if (problem is not null || known is not null) return Refused(problem ?? RunProblems.RunExists(runId));
            var now = JournalTime.Now(_options.Time);
            return await RunAsync(new RunJob(lease, BeginRun(request, now), graph, RunPlace.Top), end, cancelReason: null, static loop => loop.StartAsync(), cancellationToken);
        });
    }

    /// <summary>
    /// Goes on with a run that was paused, or whose process died. What succeeded is not done again; what was under way is handled as
    /// each step's <c>on_interrupted</c> says. A run that ended without success is opened again: what did not succeed is tried anew.
    /// A run that succeeded is left as it is.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Pauses the run again.</param>
    public Task<RunResult> ResumeAsync(string runId, CancellationToken cancellationToken = default) => GoOnAsync(runId, new GoingOn(), cancellationToken);

    /// <inheritdoc cref="ResumeAsync(string, CancellationToken)"/>
    /// <param name="runId">The run.</param>
    /// <param name="deadline">How long the run may take from now, instead of the deadline it had, 1 ms to 10 years.</param>
    /// <param name="cancellationToken">Pauses the run again.</param>
    public Task<RunResult> ResumeAsync(string runId, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deadline, RunRequest.ShortestDeadline);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deadline, RunRequest.LongestDeadline);
        return GoOnAsync(runId, new GoingOn { Deadline = deadline }, cancellationToken);
    }

    /// <summary>
    /// Pauses a run, wherever it goes on; resuming goes on with it. Whoever holds it elsewhere is asked to, where the journal carries wishes
    /// (<see cref="Feeds.IRunRequests"/>), or has died when its lease ends. A run that nobody holds rests from now on, so that no host takes it up.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="mode">What becomes of what is under way.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Stops the waiting for the run, not the pause.</param>
    /// <returns>The run as it stands; refused with <c>SLW5111</c> when there is no such run.</returns>
    public Task<RunResult> PauseAsync(string runId, PauseMode mode, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(reason);
        var request = new StopRequest(runId, mode is PauseMode.Stop ? StopRequestKind.Stop : StopRequestKind.Drain, reason);
        return TryStopHere(request, out var end) ? end.WaitAsync(cancellationToken) : AskHolderAsync(request, () => RestAsync(runId, reason), cancellationToken);
    }

    /// <summary>Ends a run for good, wherever it goes on, or where nobody runs it. Whoever holds it elsewhere is asked to, as by <see cref="PauseAsync"/>.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Stops the waiting for a run that goes on, not the cancellation.</param>
    public async Task<RunResult> CancelAsync(string runId, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(reason);
        var request = new StopRequest(runId, StopRequestKind.Cancel, reason);
        // Where it had been pausing already, it is paused and not cancelled.
        if (TryStopHere(request, out var end) && await end.WaitAsync(cancellationToken) is { Status: not RunStatus.Paused } result) return result;
        return await AskHolderAsync(request, () => GoOnAsync(runId, new GoingOn { CancelReason = reason }, CancellationToken.None), cancellationToken);
    }

    /// <summary>What the agents of a run share, while the run goes on in this engine; null when it does not.</summary>
    public RunBoard? FindBoard(string runId) => _active.TryGetValue(runId, out var active) ? active.Loop.Board : null;

    internal EngineServices Services => _services;

    private static RunResult Refused(Diagnostic problem) => new(null, [problem]);

    private Task<RunResult> GoOnAsync(string runId, GoingOn how, CancellationToken cancellationToken) => HoldingAsync(runId, async (lease, end) =>
    {
        var board = new BoardFold(runId, _options.Time, _options.Metrics);
        var (run, problem) = await LoadAsync(runId, board);
        if (run is null) return Refused(problem ?? RunProblems.NoSuchRun(runId));
        var isEnded = how.CancelReason is not null && run.Status is not (RunStatus.Running or RunStatus.Paused);
        if (how.IsTakenUp && (!run.IsOpen || cancellationToken.IsCancellationRequested)) return new RunResult(run, [RunProblems.NotWaiting(runId)]);
        if (!run.IsResumable || isEnded) return new RunResult(run, []);
        if (run.RollbackRunId is not null) return new RunResult(run, [RunProblems.RollingBack(runId)]);
        if (how.IsByPerson && how.Deadline is null && run.DeadlineAt is { } passed && passed <= _options.Time.GetUtcNow()) return new RunResult(run, [RunProblems.DeadlineIsOver(runId, passed)]);
        // A run can be cancelled even where its agents are not known.
        var check = PlanValidator.Check(run.Plan, how.CancelReason is null ? _agents : null);
        if (check.Graph is not { } graph) return new RunResult(run, check.Problems);
        if (await ReleaseLocksAsync(runId) is { } failed) return new RunResult(run, [failed]);
        // What was wanted before is void for somebody who wants the run to go on.
        if (how.IsByPerson) await _requests.ForgetAsync(runId);
        var job = new RunJob(lease, run, graph, RunPlace.Top, board.Content) { OnCancelled = how.IsTakenUp ? StopCause.Release : StopCause.Pause };
        return await RunAsync(job, end, how.CancelReason, loop => loop.ResumeAsync(how.Deadline), cancellationToken);
    });

    /// <summary>Runs a run below a step of another, or goes on with it; one that has succeeded is left as it is.</summary>
    internal async Task<RunResult> RunBelowAsync(SubRun subRun, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await HoldingAsync(subRun.RunId, async (lease, end) =>
            {
                var board = new BoardFold(subRun.RunId, _options.Time, _options.Metrics);
                var (run, problem) = await LoadAsync(subRun.RunId, board);
                if (problem is not null) return Refused(problem);
                if (run is { IsResumable: false }) return new RunResult(run, []);
                var check = PlanValidator.Check(run?.Plan ?? subRun.Plan, _agents);
                if (check.Graph is not { } graph) return new RunResult(run, check.Problems);
                if (run is not null && await ReleaseLocksAsync(subRun.RunId) is { } failed) return new RunResult(run, [failed]);
                var isNew = run is null;
                run ??= new RunProjection(new RunStarted(subRun.RunId, subRun.Plan) { Priority = subRun.Priority, Parent = subRun.Parent }, JournalTime.Now(_options.Time));
                return await RunAsync(
                    new RunJob(lease, run, graph, subRun.Place, board.Content), end, cancelReason: null, loop => isNew ? loop.StartAsync() : loop.ResumeAsync(null), cancellationToken);
            });
            // A process that died with the run above it holds this one too, until its lease ends.
            if (result.Problems is not [{ Code: "SLW5112" }] || !await WaitForLeaseAsync(subRun.RunId, cancellationToken)) return result;
        }
    }

    private async Task<bool> WaitForLeaseAsync(string runId, CancellationToken cancellationToken)
    {
        if (_active.ContainsKey(runId) || cancellationToken.IsCancellationRequested) return false;
        var lease = await _journal.GetLeaseAsync(runId, CancellationToken.None);
        var wait = lease is null ? TimeSpan.Zero : lease.ExpiresAt - _options.Time.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, _options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    /// <summary>The process that held them is dead, or its right to act ended with the lease of the run.</summary>
    private async Task<Diagnostic?> ReleaseLocksAsync(string runId)
    {
        try
        {
            await _services.Locks.ReleaseRunAsync(runId, CancellationToken.None);
            return null;
        }
        catch (Exception exception)
        {
            _options.Logger.LogError(exception, "The locks of run {RunId} could not be given back", runId);
            return RunProblems.StoreFailed(runId, exception.Message);
        }
    }

    private async Task<RunResult> RunAsync(
        RunJob job,
        Task<RunResult> end,
        string? cancelReason,
        Func<RunLoop, Task<Diagnostic?>> begin,
        CancellationToken cancellationToken)
    {
        using var loop = new RunLoop(_services, job, cancellationToken);
        if (cancelReason is not null) loop.RequestStop(StopCause.Cancel, cancelReason);
        _active[job.Run.RunId] = (loop, end);
        _requests.Enter(job.Run.RunId);
        var problem = await begin(loop);
        return problem is null ? new RunResult(job.Run, []) : new RunResult((await LoadAsync(job.Run.RunId)).Run, [problem]);
    }

    /// <summary>Acts under the lease of a run. Who waits for the end of it gets the result once the lease was given back.</summary>
    private async Task<RunResult> HoldingAsync(string runId, Func<RunLease, Task<RunResult>, Task<RunResult>> act)
    {
        ArgumentNullException.ThrowIfNull(runId);
        RunLease? lease;
        try
        {
            lease = await _journal.TryAcquireAsync(runId, _options.Owner, _options.LeaseDuration, CancellationToken.None);
            if (lease is null) return Refused(RunProblems.RunHeld(runId, (await _journal.GetLeaseAsync(runId, CancellationToken.None))?.Owner));
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            return Refused(JournalFailed(runId, exception));
        }

        var end = new TaskCompletionSource<RunResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var result = await act(lease, end.Task);
            await EndAsync(lease, end.Task);
            await _requests.LeaveAsync(runId, isAtRest: result.Problems.Count == 0 && result.Run is { IsOpen: false });
            end.SetResult(result);
            return result;
        }
        catch (Exception exception)
        {
            await EndAsync(lease, end.Task);
            await _requests.LeaveAsync(runId, isAtRest: false);
            end.SetException(exception);
            throw;
        }
    }

    private Diagnostic JournalFailed(string runId, Exception exception)
    {
        _options.Logger.LogError(exception, "The journal of run {RunId} failed", runId);
        return RunProblems.JournalFailed(runId, exception.Message);
    }

    private async Task EndAsync(RunLease lease, Task<RunResult> end)
    {
        try
        {
            await _journal.ReleaseAsync(lease, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _options.Logger.LogWarning(exception, "The lease of run {RunId} could not be given back; it expires by itself", lease.RunId);
        }

        // Whoever took the lease next may have begun already.
        if (_active.TryGetValue(lease.RunId, out var active) && active.End == end) _active.TryRemove(KeyValuePair.Create(lease.RunId, active));
    }

    private async Task<(RunProjection? Run, Diagnostic? Problem)> LoadAsync(string runId, BoardFold? board = null)
    {
        try
        {
            return (await RunProjection.LoadAsync(_journal, runId, board is null ? null : board.Fold, CancellationToken.None), null);
        }
        catch (Exception exception)
        {
            return (null, JournalFailed(runId, exception));
        }
    }
}
