namespace Slipway.Coordination.Runs;

/// <summary>Something that is asked of a run while it goes on. The answer comes when all that it journaled is durable.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="attempt">The attempt that asks, once it is over nothing is done any more; null when somebody else does.</param>
/// <param name="act">What is done, in the loop.</param>
internal sealed class HostCall<T>(StepAttempt? attempt, Func<RunLoop, T> act) : RunMessage
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Take(RunLoop loop)
    {
        if (attempt is not null && !loop.IsUnderWay(attempt))
        {
            Lose();
            return;
        }

        var answer = act(loop);
        loop.AfterWrite(() => _answer.SetResult(answer), Lose);
    }

    public override void Lose() => _answer.TrySetException(new OperationCanceledException(attempt is null ? "The run is over." : $"The attempt {attempt.Number} at '{attempt.Step.Id}' is over."));
}
