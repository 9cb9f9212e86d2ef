using Microsoft.Extensions.Logging;
using Slipway.Coordination.Signals.Stores;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>Brings the signals of one coordination from the store to the hub's log, in order, whichever process appended them.</summary>
internal sealed class SignalFeed
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private readonly CancellationToken _stopped;
    private readonly ISignalStore _store;
    private readonly SignalLogs _logs;
    private readonly SignalHubOptions _options;

    /// <summary>Begins.</summary>
    /// <param name="store">Where the signals are.</param>
    /// <param name="log">Where they are to go. The feed ends with it.</param>
    /// <param name="logs">Where the log stands.</param>
    /// <param name="options">The hub's.</param>
    /// <param name="whenRemoved">Told when the log is removed.</param>
    public SignalFeed(ISignalStore store, SignalLog log, SignalLogs logs, SignalHubOptions options, Action<SignalFeed> whenRemoved)
    {
        var stop = new CancellationTokenSource();
        _stopped = stop.Token;
        _store = store;
        _logs = logs;
        _options = options;
        Log = log;
        log.WhenRemoved = () =>
        {
            stop.Cancel();
            whenRemoved(this);
        };
        if (log.IsRemoved) stop.Cancel();
        Opened = OpenAsync();
    }

    public SignalLog Log { get; }

    /// <summary>Completes when the log has what was in the store at first.</summary>
    public Task Opened { get; }

    /// <summary>Completes when nothing more is brought.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    private async Task OpenAsync()
    {
        var state = await _store.GetStateAsync(Log.CoordinationId, _stopped);
        var after = Math.Max(0, state.LastPosition - _options.MaxHistorySize);
        await foreach (var stored in _store.ReadAsync(Log.CoordinationId, after, _stopped)) Log.Restore(SignalBody.Read(Log.CoordinationId, stored));
        Ended = Task.Run(WatchAsync);
    }

    private async Task WatchAsync()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                await foreach (var stored in _store.WatchAsync(Log.CoordinationId, Log.LastPosition, _stopped))
                {
                    if (stored.Position <= Log.LastPosition) continue;
                    if (stored.Position > Log.LastPosition + 1)
                    {
                        // What comes between was removed before this process saw it: who wants to go on begins anew.
                        _logs.Remove(Log);
                        return;
                    }

                    await Log.AppendAsync(SignalBody.Read(Log.CoordinationId, stored), request: null, _stopped);
                }

                if ((await _store.GetStateAsync(Log.CoordinationId, _stopped)).IsCompleted) Log.Complete();
                else _logs.Remove(Log);
                return;
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _options.Logger.LogError(exception, "The store of signals cannot be watched for {CoordinationId}; it is tried again", Log.CoordinationId);
            }

            await Task.Delay(RetryDelay, _options.Time, _stopped).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }
}
