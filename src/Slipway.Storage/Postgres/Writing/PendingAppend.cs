using System.Buffers;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>An append that waits for its transaction. The events are encoded on the thread that asks.</summary>
internal sealed class PendingAppend : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<long> _answer = new();
    private Exception? _failure;
    private int _isTaken;

    public PendingAppend(RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events)
    {
        Lease = lease;
        ExpectedSequence = expectedSequence;
        Availability = RunAvailability.After(events);
        Payloads = new byte[events.Count][];
        var buffer = new ArrayBufferWriter<byte>(256);
        for (var index = 0; index < events.Count; index++)
        {
            buffer.ResetWrittenCount();
            RunEventJson.Write(buffer, events[index]);
            Payloads[index] = buffer.WrittenSpan.ToArray();
        }
    }

    public RunLease Lease { get; }

    public long ExpectedSequence { get; }

    /// <summary>What it changes about who may go on with the run; null for nothing.</summary>
    public RunAvailability? Availability { get; }

    public byte[][] Payloads { get; }

    public Task<long> Completion => _answer.Task;

    /// <summary>Claims the append for writing.</summary>
    /// <returns>False when the one who asked has gone.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

    /// <summary>Withdraws an append that was not taken yet.</summary>
    public void Withdraw(CancellationToken cancellationToken)
    {
        if (TryTake()) _answer.TrySetCanceled(cancellationToken);
    }

    /// <summary>Keeps why it will be answered that nothing was appended.</summary>
    public void Refuse(Exception failure) => _failure = failure;

    /// <summary>Answers; whoever waits goes on at once, on this thread.</summary>
    public void Execute()
    {
        if (_failure is null) _answer.SetResult(ExpectedSequence + Payloads.Length);
        else _answer.SetException(_failure);
    }
}
