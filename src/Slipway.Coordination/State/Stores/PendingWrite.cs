namespace Slipway.Coordination.State.Stores;

/// <summary>A write that waits to be planned, appended and applied.</summary>
/// <param name="plan">What the write does to a version.</param>
/// <param name="needsHistory">True when it is planned on the newest version itself, so that nothing may go before it in its group.</param>
internal sealed class PendingWrite(Func<StateSnapshot, StateProposal> plan, bool needsHistory = false)
{
    private readonly TaskCompletionSource<StateWriteResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool NeedsHistory { get; } = needsHistory;

    public bool IsDone => _end.Task.IsCompleted;

    public Task<StateWriteResult> Result => _end.Task;

    /// <summary>What the write would do; null when planning it failed, which ends it.</summary>
    public StateProposal? TryPlan(StateSnapshot on)
    {
        try
        {
            return plan(on);
        }
        catch (Exception exception)
        {
            _end.TrySetException(exception);
            return null;
        }
    }

    public void End(StateWriteResult result) => _end.TrySetResult(result);

    public void Fail(Exception exception) => _end.TrySetException(exception);
}
