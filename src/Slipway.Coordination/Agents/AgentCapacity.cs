namespace Slipway.Coordination.Agents;

/// <summary>
/// How much an agent does at once. Who finds it full waits in the order of asking without holding a thread; what is given back goes
/// straight to the one who waits longest, so that nobody is overtaken.
/// </summary>
public sealed class AgentCapacity
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private int _inUse;

    /// <summary>A capacity of which all is free.</summary>
    /// <param name="limit">How much there is, at least 1.</param>
    public AgentCapacity(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
    }

    /// <summary>How much there is.</summary>
    public int Limit { get; }

    /// <summary>How much is taken.</summary>
    public int InUse => Volatile.Read(ref _inUse);

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiters.Count;
        }
    }

    /// <summary>True when one who asks now would wait.</summary>
    public bool IsFull => InUse >= Limit;

    /// <summary>Takes a place when one is free. What it took must be given back with <see cref="Release"/>.</summary>
    public bool TryAcquire()
    {
        lock (_gate)
        {
            // While somebody waits there is nothing free: what is given back is handed on.
            if (_inUse >= Limit) return false;
            _inUse++;
            return true;
        }
    }

    /// <summary>Takes a place as soon as one is free. What it took must be given back with <see cref="Release"/>.</summary>
    /// <param name="cancellationToken">Ends the waiting: nothing is taken then.</param>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public ValueTask AcquireAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        Waiter waiter;
        lock (_gate)
        {
            if (_inUse < Limit)
            {
                _inUse++;
                return ValueTask.CompletedTask;
            }

            waiter = new Waiter(this);
            waiter.Node = _waiters.AddLast(waiter);
        }

        return new ValueTask(waiter.WaitAsync(cancellationToken));
    }

    /// <summary>Takes a place whether one is free or not: for somebody who had lent its own out.</summary>
    internal void Retake()
    {
        lock (_gate) _inUse++;
    }

    /// <summary>Gives a place back.</summary>
    /// <exception cref="InvalidOperationException">Nothing was taken.</exception>
    public void Release()
    {
        Waiter next;
        lock (_gate)
        {
            if (_inUse == 0) throw new InvalidOperationException("More was given back than was taken.");
            if (_waiters.First is not { } first || _inUse > Limit)
            {
                _inUse--;
                return;
            }

            _waiters.Remove(first);
            next = first.Value;
            next.Node = null;
        }

        next.SetResult();
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // It has been given its place: it is too late to leave.
            if (waiter.Node is null) return;
            _waiters.Remove(waiter.Node);
            waiter.Node = null;
        }

        waiter.SetCanceled(cancellationToken);
    }

    private sealed class Waiter(AgentCapacity capacity) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public LinkedListNode<Waiter>? Node { get; set; }

        public async Task WaitAsync(CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.UnsafeRegister(
                static (waiter, token) => ((Waiter)waiter!).Leave(token), this);
            await Task.ConfigureAwait(false);
        }

        private void Leave(CancellationToken cancellationToken) => capacity.Leave(this, cancellationToken);
    }
}
