using Microsoft.Extensions.Logging;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Metrics.Buffering;

namespace Slipway.Coordination.Runs;

/// <summary>Hears what others want of the runs that go on in an engine, while any does.</summary>
/// <param name="store">Where they say so; null where nobody can.</param>
/// <param name="options">The engine's options.</param>
/// <param name="fulfil">Does what is wanted where the run goes on here.</param>
internal sealed class StopRequests(IRunRequests? store, RunOptions options, Action<StopRequest> fulfil)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private IReadOnlyList<StopRequest> _known = [];
    private Action? _stopHearing;

    /// <summary>A run goes on here from now on.</summary>
    public void Enter(string runId)
    {
        if (store is null) return;
        IReadOnlyList<StopRequest> known;
        lock (_gate)
        {
            _runs.Add(runId);
            _stopHearing ??= Hear();
            known = _known;
        }

        foreach (var request in known)
        {
            if (request.RunId == runId) fulfil(request);
        }
    }

    /// <summary>A run no longer goes on here, and its lease was given back.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="isAtRest">Whether it was paused or is over, so that nothing is left to fulfil.</param>
    public async Task LeaveAsync(string runId, bool isAtRest)
    {
        if (store is null) return;
        bool isAsked;
        lock (_gate)
        {
            if (!_runs.Remove(runId)) return;
            isAsked = _known.Any(request => request.RunId == runId);
            if (_runs.Count == 0)
            {
                _stopHearing!();
                _stopHearing = null;
                _known = [];
            }
        }

        if (isAsked && isAtRest) await ForgetAsync(runId);
    }

    /// <summary>Forgets what was wanted of a run; whoever waits for it looks again.</summary>
    public async Task ForgetAsync(string runId)
    {
        if (store is null) return;
        try
        {
            await store.ForgetAsync(runId, CancellationToken.None);
        }
        catch (Exception exception)
        {
            options.Logger.LogWarning(exception, "What was wanted of run {RunId} could not be forgotten", runId);
        }
    }

    private Action Hear()
    {
        var ending = new CancellationTokenSource();
        _ = HearAsync(ending.Token);
        return ending.Cancel;
    }

    private async Task HearAsync(CancellationToken ending)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var bell = new Wakeup();
                using var watch = await store!.WatchRequestsAsync(bell.Set, ending).ConfigureAwait(false);
                await using var end = ending.UnsafeRegister(static bell => ((Wakeup)bell!).Set(), bell);
                while (!ending.IsCancellationRequested)
                {
                    await LookAsync(ending).ConfigureAwait(false);
                    await bell.WaitAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // No run goes on here any more.
            }
            catch (Exception exception)
            {
                options.Logger.LogWarning(exception, "What others want of the runs here cannot be heard, and is listened for again in {Delay}", options.LeaseDuration);
                await Task.Delay(options.LeaseDuration, options.Time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask LookAsync(CancellationToken ending)
    {
        var asked = await store!.FindAskedAsync(ending).ConfigureAwait(false);
        lock (_gate)
        {
            if (ending.IsCancellationRequested) return;
            _known = asked;
        }

        foreach (var request in asked) fulfil(request);
    }
}
