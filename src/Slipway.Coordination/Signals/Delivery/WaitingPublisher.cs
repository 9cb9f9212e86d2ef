namespace Slipway.Coordination.Signals.Delivery;

/// <summary>A publisher that waits until subscribers have caught up.</summary>
/// <param name="signal">What it publishes.</param>
/// <param name="request">Who waits for the reply to it.</param>
/// <param name="onlyForRoom">True when it will come back with the signal once that has a position.</param>
internal sealed class WaitingPublisher(Signal signal, PendingRequest? request, bool onlyForRoom = false)
{
    private readonly TaskCompletionSource<AppendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Signal Signal => signal;

    public PendingRequest? Request => request;

    public bool OnlyForRoom => onlyForRoom;

    public Task<AppendOutcome> Outcome => _outcome.Task;

    public void Settle(AppendOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Cancel(CancellationToken cancellationToken) => _outcome.TrySetCanceled(cancellationToken);
}
