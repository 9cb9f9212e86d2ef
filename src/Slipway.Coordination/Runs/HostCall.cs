namespace Slipway.Coordination.Runs;

/// <summary>Something an agent asks of its run while it acts. The answer comes when all that it journaled is durable.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="attempt">The attempt that asks; once it is over nothing is done any more.</param>
/// <param name="act">What is done, in the loop.</param>
internal sealed class HostCall<T>(StepAttempt attempt, Func<RunLoop, T> act) : RunMessage
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Take(RunLoop loop)
    {
        if (!loop.IsUnderWay(attempt))
        {
            Lose();
            return;
        }

        var answer = act(loop);
        loop.AfterWrite(() => _answer.SetResult(answer), Lose);
    }

    public override void Lose() => _answer.TrySetException(new OperationCanceledException($"The attempt {attempt.Number} at '{attempt.Step.Id}' is over."));
}
