using System.Diagnostics.CodeAnalysis;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics.Buffering;

namespace Slipway.Coordination.Runs;

public sealed partial class RunEngine
{
    private readonly StopRequests _requests;

    /// <summary>Does something with a run that somebody else may hold: asks whoever does to let it rest, and waits until it can be done here.</summary>
    private async Task<RunResult> AskHolderAsync(StopRequest request, Func<Task<RunResult>> actHere, CancellationToken cancellationToken)
    {
        var result = await actHere();
        if (!IsHeld(result) || _journal is not IRunRequests requests) return result;
        var bell = new Wakeup();
        await using var timer = _options.Time.CreateTimer(static bell => ((Wakeup)bell!).Set(), bell, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var giveUp = cancellationToken.UnsafeRegister(static bell => ((Wakeup)bell!).Set(), bell);
        try
        {
            using var watch = await requests.WatchRequestsAsync(bell.Set, cancellationToken);
            await requests.AskAsync(request, cancellationToken);
            // It may have been given back before anybody could hear of the wish.
            while (IsHeld(result = await actHere()))
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Whoever holds it may be dead, or deaf: its lease ends.
                var lease = await _journal.GetLeaseAsync(request.RunId, cancellationToken);
                var wait = lease is null ? TimeSpan.Zero : lease.ExpiresAt - _options.Time.GetUtcNow();
                timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, wait.TotalMilliseconds)) + 1), Timeout.InfiniteTimeSpan);
                // It may have ended before the timer was set.
                if (lease?.ExpiresAt <= _options.Time.GetUtcNow()) bell.Set();
                await bell.WaitAsync();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Refused(JournalFailed(request.RunId, exception));
        }

        await _requests.ForgetAsync(request.RunId);
        return result;
    }

    private static bool IsHeld(RunResult result) => result.Problems is [{ Code: "SLW5112" }];

    /// <summary>Pauses a run that nobody holds.</summary>
    private Task<RunResult> RestAsync(string runId, string reason) => HoldingAsync(runId, async (lease, _) =>
    {
        var (run, problem) = await LoadAsync(runId);
        if (run is null) return Refused(problem ?? RunProblems.NoSuchRun(runId));
        if (!run.IsOpen) return new RunResult(run, []);
        return await ReleaseLocksAsync(runId) is { } failed
            ? new RunResult(run, [failed])
            : await AppendAsync(lease, run, [.. Interruptions.Of(run), new RunPaused(reason)]);
    });

    private void Fulfil(StopRequest request) => TryStopHere(request, out _);

    /// <summary>Does what is wanted of a run that goes on here.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="end">The run at its end.</param>
    /// <returns>False when it does not go on here.</returns>
    private bool TryStopHere(StopRequest request, [NotNullWhen(true)] out Task<RunResult>? end)
    {
        end = null;
        if (!_active.TryGetValue(request.RunId, out var active)) return false;
        var cause = request.Kind switch
        {
            StopRequestKind.Drain => StopCause.Drain,
            StopRequestKind.Stop => StopCause.Pause,
            _ => StopCause.Cancel,
        };
        active.Loop.RequestStop(cause, request.Reason);
        end = active.End;
        return true;
    }
}
