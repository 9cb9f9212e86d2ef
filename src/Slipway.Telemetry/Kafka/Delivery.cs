namespace Slipway.Telemetry.Kafka;

/// <summary>The messages of one batch and what became of each.</summary>
internal sealed class Delivery(int number, object batch, int count)
{
    private readonly Lock _gate = new();
    private readonly MessageState[] _states = new MessageState[count];
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;

    /// <summary>Its number in the tags of its messages.</summary>
    public int Number { get; } = number;

    /// <summary>The batch, to know it again when it is tried again.</summary>
    public object Batch { get; } = batch;

    public int Failed
    {
        get
        {
            lock (_gate) return _states.Count(state => state is MessageState.Failed);
        }
    }

    /// <summary>The newest error of a message, 0 for none.</summary>
    public int LastError { get; private set; }

    /// <summary>Completes when no message is under way.</summary>
    public Task Settled
    {
        get
        {
            lock (_gate) return _underWay == 0 ? Task.CompletedTask : _settled.Task;
        }
    }

    /// <summary>Takes each message that is neither delivered nor under way; the caller sends it or reports its error.</summary>
    public List<int> TakeOpen()
    {
        lock (_gate)
        {
            var open = new List<int>();
            for (var i = 0; i < _states.Length; i++)
            {
                if (_states[i] is MessageState.Delivered or MessageState.UnderWay) continue;
                _states[i] = MessageState.UnderWay;
                open.Add(i);
            }

            if (_underWay == 0 && open.Count > 0) _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _underWay += open.Count;
            return open;
        }
    }

    public void Report(int message, int error)
    {
        lock (_gate)
        {
            _states[message] = error == 0 ? MessageState.Delivered : MessageState.Failed;
            if (error != 0) LastError = error;
            if (--_underWay == 0) _settled.SetResult();
        }
    }

    private enum MessageState
    {
        Open,
        UnderWay,
        Delivered,
        Failed,
    }
}
