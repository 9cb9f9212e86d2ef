using Slipway.Storage.Sqlite.Tables;

namespace Slipway.Storage.Sqlite.Writing;

/// <summary>One write that waits for its transaction. It shares the transaction with others but succeeds or is refused on its own.</summary>
internal abstract class WriteRequest
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    private int _state;

    /// <summary>True for work that no transaction may surround.</summary>
    public virtual bool IsOutsideTransaction => false;

    /// <summary>True when the one who asked has the answer.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>Claims the request for writing.</summary>
    /// <returns>False when the one who asked has gone.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Withdraws a request that was not taken yet.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting) AnswerCancelled(cancellationToken);
    }

    /// <summary>Does the work and keeps the result. May be called again after a rollback.</summary>
    public abstract void Write(JournalTables tables);

    /// <summary>Answers with what <see cref="Write"/> kept, after the commit.</summary>
    public abstract void Answer();

    /// <summary>Answers that nothing was written.</summary>
    public abstract void AnswerFailed(Exception failure);

    protected abstract void AnswerCancelled(CancellationToken cancellationToken);
}
