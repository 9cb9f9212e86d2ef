namespace Slipway.Coordination.Signals.Delivery;

/// <summary>A request whose sender waits for the reply.</summary>
internal sealed class PendingRequest
{
    private readonly TaskCompletionSource<Signal?> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The reply; null when there will be none.</summary>
    public Task<Signal?> Reply => _reply.Task;

    public void Settle(Signal? reply) => _reply.TrySetResult(reply);
}
