using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite.Tables;

namespace Slipway.Storage.Sqlite.Writing;

/// <summary>A write with a result.</summary>
/// <typeparam name="T">What is answered.</typeparam>
internal abstract class WriteRequest<T> : WriteRequest
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalConflictException? _refusal;
    private T _result = default!;

    public Task<T> Completion => _answer.Task;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    public sealed override void Write(JournalTables tables)
    {
        _refusal = null;
        try
        {
            _result = Do(tables);
        }
        catch (JournalConflictException refusal)
        {
            _refusal = refusal;
        }
    }

    public sealed override void Answer()
    {
        if (_refusal is null) _answer.SetResult(_result);
        else _answer.SetException(_refusal);
    }

    public sealed override void AnswerFailed(Exception failure) => _answer.SetException(failure);

    /// <summary>The work. A <see cref="JournalConflictException"/> must be thrown before anything is written.</summary>
    protected abstract T Do(JournalTables tables);

    protected sealed override void AnswerCancelled(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}
