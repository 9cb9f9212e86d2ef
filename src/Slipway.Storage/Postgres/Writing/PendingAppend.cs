using System.Buffers;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>An append that waits for its transaction, and is answered with the newest sequence. The events are encoded on the thread that asks.</summary>
internal sealed class PendingAppend : PendingWrite<long>
{
    public PendingAppend(RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events)
        : base(lease.RunId, expectedSequence + events.Count)
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
}
