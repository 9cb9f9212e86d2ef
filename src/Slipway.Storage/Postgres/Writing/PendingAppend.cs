using System.Buffers;
using Slipway.Coordination.Journal;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>An append that waits for its transaction. The events are encoded on the thread that asks.</summary>
internal sealed class PendingAppend : TaskCompletionSource<long>
{
    private int _isTaken;

    public PendingAppend(RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Lease = lease;
        ExpectedSequence = expectedSequence;
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

    public byte[][] Payloads { get; }

    /// <summary>Claims the append for writing.</summary>
    /// <returns>False when the one who asked has gone.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

    /// <summary>Withdraws an append that was not taken yet.</summary>
    public void Withdraw(CancellationToken cancellationToken)
    {
        if (TryTake()) TrySetCanceled(cancellationToken);
    }
}
