namespace Slipway.Coordination.Signals.Delivery;

/// <summary>A request whose sender waits for the reply. What comes first settles it.</summary>
internal sealed class PendingRequest
{
    private readonly TaskCompletionSource<Signal?> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The reply; null when there will be none.</summary>
    public Task<Signal?> Reply => _reply.Task;

    /// <summary>True when the time was up first.</summary>
    public bool IsTimedOut { get; private set; }

    public void Settle(Signal? reply) => _reply.TrySetResult(reply);

    public void Cancel(CancellationToken cancellationToken) => _reply.TrySetCanceled(cancellationToken);

    public void TimeOut()
    {
        if (_reply.Task.IsCompleted) return;
        IsTimedOut = true;
        _reply.TrySetResult(null);
    }
}
