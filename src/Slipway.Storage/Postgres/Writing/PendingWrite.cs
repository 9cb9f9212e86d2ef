namespace Slipway.Storage.Postgres.Writing;

/// <summary>Something that waits to be written with others in one statement.</summary>
/// <param name="runId">The run it is about; of each run only one is written at a time, in the order in which they came.</param>
/// <param name="answer">What is answered when it was written, unless the writing says otherwise.</param>
internal abstract class PendingWrite<TAnswer>(string runId, TAnswer answer) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<TAnswer> _completion = new();
    private Exception? _failure;
    private int _isTaken;

    public string RunId => runId;

    public TAnswer Answer { get; set; } = answer;

    public Task<TAnswer> Completion => _completion.Task;

    /// <summary>Claims it for writing.</summary>
    /// <returns>False when the one who asked has gone.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

    /// <summary>Withdraws it when it was not taken yet.</summary>
    public void Withdraw(CancellationToken cancellationToken)
    {
        if (TryTake()) _completion.TrySetCanceled(cancellationToken);
    }

    /// <summary>Keeps why it will be answered that nothing was written.</summary>
    public void Refuse(Exception failure) => _failure = failure;

    /// <summary>Answers; whoever waits goes on at once, on this thread.</summary>
    public void Execute()
    {
        if (_failure is null) _completion.SetResult(Answer);
        else _completion.SetException(_failure);
    }
}
