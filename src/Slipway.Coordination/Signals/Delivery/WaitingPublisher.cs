namespace Slipway.Coordination.Signals.Delivery;

/// <summary>A publisher that waits until subscribers have caught up.</summary>
internal sealed class WaitingPublisher(Signal signal, PendingRequest? request)
{
    private readonly TaskCompletionSource<AppendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Signal Signal => signal;

    public PendingRequest? Request => request;

    public Task<AppendOutcome> Outcome => _outcome.Task;

    public void Settle(AppendOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Cancel(CancellationToken cancellationToken) => _outcome.TrySetCanceled(cancellationToken);
}
