using System.Collections.Concurrent;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>
/// Writes in groups: whatever waits when a statement is sent travels in it, however many runs it belongs to, and is committed with it. Who comes
/// when nobody is writing leads.
/// </summary>
internal abstract class WriteGroups<TWrite, TAnswer> : IAsyncDisposable
    where TWrite : PendingWrite<TAnswer>
{
    private const int LargestGroup = 256;

    private readonly ConcurrentQueue<TWrite> _waiting = new();
    private readonly List<TWrite> _group = new(LargestGroup);
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _lead = new(1, 1);
    private TWrite? _next;
    private int _isClosed;

    /// <summary>Writes durably, with others or alone.</summary>
    /// <param name="write">What to write.</param>
    /// <param name="cancellationToken">Withdraws it while it waits; one under way is finished and answered.</param>
    public ValueTask<TAnswer> SubmitAsync(TWrite write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<TAnswer>(cancellationToken);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed) != 0, typeof(PostgresJournal));
        _waiting.Enqueue(write);
        if (_lead.Wait(0, CancellationToken.None)) _ = LeadAsync();
        return cancellationToken.CanBeCanceled ? AwaitCancellableAsync(write, cancellationToken) : new ValueTask<TAnswer>(write.Completion);
    }

    /// <summary>Finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        await _lead.WaitAsync();
        await LeadAsync();
    }

    /// <summary>Writes a group in one transaction, and refuses those of it that cannot be written.</summary>
    /// <exception cref="Exception">Nothing was written.</exception>
    protected abstract Task WriteAsync(List<TWrite> group);

    private static async ValueTask<TAnswer> AwaitCancellableAsync(TWrite write, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((TWrite)state!).Withdraw(token), write))
        {
            return await write.Completion;
        }
    }

    private async Task LeadAsync()
    {
        do
        {
            while (TakeGroup())
            {
                await CommitAsync();
                // The one writer of a serial chain goes on here, without a change of threads, once the lead is free for what it writes next.
                if (_group is [var only] && _next is null && _waiting.IsEmpty)
                {
                    _lead.Release();
                    if (_waiting.IsEmpty || !_lead.Wait(0, CancellationToken.None))
                    {
                        only.Execute();
                        return;
                    }

                    ThreadPool.UnsafeQueueUserWorkItem(only, preferLocal: false);
                    continue;
                }

                foreach (var write in _group) ThreadPool.UnsafeQueueUserWorkItem(write, preferLocal: false);
            }

            // Somebody may have come between the last look and giving up the lead, and have found it taken.
            _lead.Release();
        }
        while (!_waiting.IsEmpty && _lead.Wait(0, CancellationToken.None));
    }

    private bool TakeGroup()
    {
        _group.Clear();
        _runs.Clear();
        while (_group.Count < LargestGroup && (_next is not null || _waiting.TryDequeue(out _next)))
        {
            // A second one of one run must see what became of the first.
            if (_runs.Contains(_next.RunId)) break;
            if (_next.TryTake())
            {
                _runs.Add(_next.RunId);
                _group.Add(_next);
            }

            _next = null;
        }

        return _group.Count > 0;
    }

    private async Task CommitAsync()
    {
        if (await TryWriteAsync(_group) is not { } failure) return;
        var isSpoiltByOne = _group.Count > 1 && failure is not StorageException { Diagnostic.Code: PostgresDiagnostics.ConnectionLost or "SLW5211" };
        foreach (var write in _group)
        {
            var own = isSpoiltByOne ? await TryWriteAsync([write]) : failure;
            if (own is not null) write.Refuse(own);
        }
    }

    private async Task<Exception?> TryWriteAsync(List<TWrite> group)
    {
        try
        {
            await WriteAsync(group);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
