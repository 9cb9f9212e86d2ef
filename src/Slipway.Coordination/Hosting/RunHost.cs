using Microsoft.Extensions.Logging;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Metrics.Buffering;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Hosting;

/// <summary>
/// Takes up whatever waits in a journal: runs that were submitted, that another host gave back, and those of the dead, once their leases end. By priority, then the oldest
/// first. Any number of hosts, in any number of processes, share one journal; each run is at one of them at a time.
/// </summary>
public sealed class RunHost : IAsyncDisposable
{
    /// <summary>Another host was faster, and its lease says when to look again.</summary>
    private const string Held = "SLW5112";

    /// <summary>Another host was faster and has ended the run, or this one stops.</summary>
    private const string NotWaiting = "SLW5121";

    private readonly RunEngine _engine;
    private readonly IRunFeed _feed;
    private readonly RunHostOptions _options;
    private readonly AsideRuns _aside;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _begunAt;
    private readonly Wakeup _bell = new();
    private readonly Dictionary<string, Task<RunResult>> _running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _agentsVersion;
    private int _isBegun;

    /// <summary>A host.</summary>
    /// <param name="engine">Runs the runs; its journal must be an <see cref="IRunFeed"/>, as all of the product are.</param>
    /// <param name="options">How many, and what happens to those that cannot go on; null for the defaults.</param>
    /// <exception cref="ArgumentException">The engine's journal cannot tell which runs wait.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RunHost(RunEngine engine, RunHostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _feed = engine.Feed ?? throw new ArgumentException($"The journal cannot tell which runs wait: it is no {nameof(IRunFeed)}.", nameof(engine));
        _options = options ?? new RunHostOptions();
        RunHostOptions.Validate(_options);
        _aside = new AsideRuns(_options);
        _time = engine.Options.Time;
        _logger = engine.Options.Logger;
        _begunAt = _time.GetTimestamp();
    }

    /// <summary>Takes up runs until it is told to stop. May be called once.</summary>
    /// <param name="cancellationToken">
    /// Stops the host: agents are asked to stop, what was under way is journaled as interrupted, and each run is given back as soon as its agents have ended (or
    /// their grace is over), so that others go on with it at once.
    /// </param>
    /// <returns>A task that ends without failure once nothing of the host goes on any more.</returns>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isBegun, 1) != 0) throw new InvalidOperationException("A host works once; make another one.");
        await using var registration = cancellationToken.UnsafeRegister(static stopping => ((CancellationTokenSource)stopping!).Cancel(), _stopping);
        await using var unblock = _stopping.Token.UnsafeRegister(static bell => ((Wakeup)bell!).Set(), _bell);
        try
        {
            await WorkAsync().ConfigureAwait(false);
        }
        finally
        {
            _stopped.SetResult();
        }
    }

    /// <summary>Stops the host as the token of <see cref="RunAsync"/> does, and waits until nothing of it goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isBegun, 1) != 0) await _stopped.Task.ConfigureAwait(false);
    }

    /// <summary>Called with the number of its runs whenever the host begins to wait, for tests that let time pass.</summary>
    internal Action<int>? OnResting { get; init; }

    private TimeSpan Elapsed => _time.GetElapsedTime(_begunAt);

    private async Task WorkAsync()
    {
        // Whatever ends a wait rings the bell: a run given back, one of its own at its end, the time, the stop.
        await using var timer = _time.CreateTimer(static bell => ((Wakeup)bell!).Set(), _bell, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        IDisposable? watch = null;
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            TimeSpan? lookAt;
            try
            {
                watch ??= await _feed.WatchAsync(_bell.Set, _stopping.Token).ConfigureAwait(false);
                lookAt = await LookAsync().ConfigureAwait(false);
                failures = 0;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                var delay = _options.DelayAfter(++failures);
                lookAt = Elapsed + delay;
                _logger.LogError(exception, "{Host} cannot find runs, and tries again in {Delay}", _options.Name, delay);
            }

            // A timer counts whole milliseconds: one more keeps it from ringing just before its time.
            timer.Change(lookAt - Elapsed is { } wait ? TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, wait.TotalMilliseconds)) + 1) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            OnResting?.Invoke(_running.Count);
            await _bell.WaitAsync().ConfigureAwait(false);
        }

        watch?.Dispose();
        foreach (var (runId, run) in _running) await EndAsync(runId, run).ConfigureAwait(false);
    }

    /// <summary>Takes up what it can.</summary>
    /// <returns>When to look again without being rung; null when only the end of a run changes anything.</returns>
    private async ValueTask<TimeSpan?> LookAsync()
    {
        foreach (var (runId, run) in _running)
        {
            if (run.IsCompleted) await EndAsync(runId, run).ConfigureAwait(false);
        }

        var free = _options.MaxConcurrentRuns - _running.Count;
        if (free == 0) return null;
        var version = _engine.Agents.Version;
        if (version != _agentsVersion) _aside.RetryUnknownAgents();
        _agentsVersion = version;
        var except = new HashSet<string>(_running.Keys, StringComparer.Ordinal);
        var now = Elapsed;
        var retryAt = _aside.AddTo(except, now);
        var found = await _feed.FindRunnableAsync(free, except, _stopping.Token).ConfigureAwait(false);
        foreach (var runId in found.RunIds) TakeUp(runId);
        if (found.RunIds.Count == free) return null;

        // Nobody tells of a lease that was taken after this look. It lasts as long as one of this engine, or the next look finds it.
        var wait = _engine.Options.LeaseDuration;
        if (found.NextIn is { } next && next < wait) wait = next;
        return retryAt < now + wait ? retryAt : now + wait;
    }

    private void TakeUp(string runId)
    {
        var run = Task.Run(() => _engine.TakeUpAsync(runId, _stopping.Token));
        _running.Add(runId, run);
        _ = run.ContinueWith(static (_, bell) => ((Wakeup)bell!).Set(), _bell, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task EndAsync(string runId, Task<RunResult> run)
    {
        try
        {
            var result = await run.ConfigureAwait(false);
            if (result.Problems is not [var problem, ..]) _aside.Forget(runId);
            else if (problem.Code is not Held) PutAside(runId, problem);
        }
        catch (Exception defect)
        {
            var (delay, _) = _aside.Put(runId, defect.GetType().Name, Elapsed);
            _logger.LogError(defect, "{Host} failed with run {RunId} and tries again in {Delay}", _options.Name, runId, delay);
        }

        _running.Remove(runId);
    }

    private void PutAside(string runId, Diagnostic problem)
    {
        var (delay, isNews) = _aside.Put(runId, problem.Code, Elapsed);
        if (isNews && problem.Code is not NotWaiting) _logger.LogWarning("{Host} cannot go on with run {RunId} and tries again in {Delay}: {Problem}", _options.Name, runId, delay, problem);
    }
}
