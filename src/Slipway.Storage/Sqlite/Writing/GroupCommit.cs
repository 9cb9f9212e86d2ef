using System.Collections.Concurrent;
using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Sqlite.Tables;

namespace Slipway.Storage.Sqlite.Writing;

/// <summary>
/// Commits writes in groups: whatever waits when a transaction begins travels in it. There is no writer thread: who comes
/// when nobody is writing leads, on its own thread, so that a serial chain of writes pays no change of threads. A leader that
/// has its own answer hands the rest to the thread pool.
/// </summary>
internal sealed class GroupCommit(SqliteDatabase database, TimeProvider time) : IThreadPoolWorkItem, IAsyncDisposable
{
    private const int LargestGroup = 256;

    private readonly ConcurrentQueue<WriteRequest> _waiting = new();
    private readonly List<WriteRequest> _group = new(LargestGroup);
    private readonly JournalTables _tables = new(database, time);
    private readonly SqliteStatement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = database.Prepare("COMMIT");
    private int _led;
    private int _closing;
    private bool _isClosed;
    private bool _isWriting;
    private bool _hasBegun;

    /// <summary>Whether a group was taken and is being written.</summary>
    public bool IsWriting => Volatile.Read(ref _isWriting);

    /// <summary>Writes durably, with others or alone.</summary>
    /// <param name="request">The write.</param>
    /// <param name="cancellationToken">Withdraws the write while it waits; a write under way is finished and answered.</param>
    public ValueTask<T> WriteAsync<T>(WriteRequest<T> request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closing) != 0, this);
        Submit(request);
        return cancellationToken.CanBeCanceled && !request.IsAnswered
            ? AwaitCancellableAsync(request, cancellationToken)
            : new ValueTask<T>(request.Completion);
    }

    /// <summary>Finishes what waits and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0) return;
        var close = new OutsideWrite(() =>
        {
            _tables.Dispose();
            _begin.Dispose();
            _commit.Dispose();
            database.Dispose();
            _isClosed = true;
        });
        Submit(close);
        await close.Completion;
    }

    /// <summary>Goes on leading on a thread of the pool.</summary>
    void IThreadPoolWorkItem.Execute() => Lead(null);

    private static async ValueTask<T> AwaitCancellableAsync<T>(WriteRequest<T> request, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((WriteRequest)state!).Cancel(token), request))
        {
            return await request.Completion;
        }
    }

    private void Submit(WriteRequest request)
    {
        _waiting.Enqueue(request);
        if (TryLead()) Lead(request);
    }

    private bool TryLead() => Interlocked.CompareExchange(ref _led, 1, 0) == 0;

    private void Lead(WriteRequest? own)
    {
        while (true)
        {
            while (TakeGroup(out var outside))
            {
                Volatile.Write(ref _isWriting, true);
                if (_group.Count > 0) CommitGroup();
                if (outside is not null) RunOutside(outside);
                if (own is { IsAnswered: true } && !_waiting.IsEmpty)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
                }
            }

            Volatile.Write(ref _isWriting, false);
            Volatile.Write(ref _led, 0);
            // Somebody may have come between the last look and giving up the lead, and have found it taken.
            Interlocked.MemoryBarrier();
            if (_waiting.IsEmpty || !TryLead()) return;
        }
    }

    private bool TakeGroup(out WriteRequest? outside)
    {
        outside = null;
        _group.Clear();
        while (_group.Count < LargestGroup && _waiting.TryDequeue(out var request))
        {
            if (!request.TryTake()) continue;
            if (request.IsOutsideTransaction)
            {
                outside = request;
                break;
            }

            _group.Add(request);
        }

        return _group.Count > 0 || outside is not null;
    }

    private void CommitGroup()
    {
        if (TryCommit(0, _group.Count) is not { } failure) return;
        if (_group.Count == 1 || !_hasBegun)
        {
            foreach (var request in _group) request.AnswerFailed(failure);
            return;
        }

        // One of them may have spoilt it for all, so each gets a transaction, and an answer, of its own. (When it could not even begin,
        // because another process holds the file, each would only wait as long again.)
        for (var index = 0; index < _group.Count; index++)
        {
            if (TryCommit(index, 1) is { } own) _group[index].AnswerFailed(own);
        }
    }

    /// <summary>Writes a part of the group in one transaction.</summary>
    /// <returns>Why nothing was written, or null when all was and everybody has an answer.</returns>
    private Exception? TryCommit(int start, int count)
    {
        _hasBegun = false;
        if (_isClosed) return new ObjectDisposedException(nameof(SqliteStore));
        try
        {
            _begin.Run();
            _hasBegun = true;
            for (var index = start; index < start + count; index++) _group[index].Write(_tables);
            _commit.Run();
        }
        catch (Exception failure)
        {
            return Undo(failure);
        }

        for (var index = start; index < start + count; index++) _group[index].Answer();
        return null;
    }

    private Exception Undo(Exception failure)
    {
        try
        {
            database.Rollback();
            return failure;
        }
        catch (StorageException worse)
        {
            return worse;
        }
    }

    private void RunOutside(WriteRequest request)
    {
        try
        {
            request.Write(_tables);
            request.Answer();
        }
        catch (Exception failure)
        {
            request.AnswerFailed(failure);
        }
    }
}
