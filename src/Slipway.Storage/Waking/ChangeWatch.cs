namespace Slipway.Storage.Waking;

/// <summary>One who looks, waits for a change, and looks again.</summary>
internal sealed class ChangeWatch(ChangeBell bell, IReadOnlyList<string> topics) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(20);
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _isRung;
    private bool _isClosed;

    /// <summary>Waits until something has changed since the last wait, or since the watch began.</summary>
    /// <param name="timeout">When to go on without; null for never.</param>
    /// <param name="time">The clock of the timeout.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>False when the store was closed.</returns>
    public async Task<bool> WaitAsync(TimeSpan? timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task rung;
        lock (_gate)
        {
            if (_isClosed) return false;
            if (_isRung)
            {
                _isRung = false;
                return true;
            }

            _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            rung = _waiter.Task;
        }

        try
        {
            // A timer counts whole milliseconds; rounding up keeps it from ringing just before its time.
            var wait = timeout is { } given ? TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(given.TotalMilliseconds), 0, LongestWait.TotalMilliseconds)) : Timeout.InfiniteTimeSpan;
            await rung.WaitAsync(wait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The look that follows is what the wait was for.
        }
        finally
        {
            lock (_gate) _waiter = null;
        }

        lock (_gate) return !_isClosed;
    }

    public void Ring()
    {
        lock (_gate)
        {
            if (_waiter is null) _isRung = true;
            else _waiter.TrySetResult();
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiter?.TrySetResult();
        }
    }

    public void Dispose() => bell.Remove(this, topics);
}
