using System.Buffers;
using System.Text;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite.Tables;

namespace Slipway.Storage.Sqlite.Writing;

/// <summary>An append. The events are encoded on the thread that asks, before they wait.</summary>
internal sealed class AppendRequest : WriteRequest<long>
{
    private const int SizeOfSmallEvent = 160;

    private readonly RunLease _lease;
    private readonly long _expectedSequence;
    private readonly RunAvailability? _availability;
    private readonly byte[] _runId;
    private readonly ArrayBufferWriter<byte> _payloads;
    private readonly (byte[] Type, int End)[] _events;

    public AppendRequest(RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events)
    {
        _lease = lease;
        _expectedSequence = expectedSequence;
        _availability = RunAvailability.After(events);
        _runId = Encoding.UTF8.GetBytes(lease.RunId);
        _payloads = new ArrayBufferWriter<byte>(SizeOfSmallEvent * events.Count);
        _events = new (byte[], int)[events.Count];
        for (var index = 0; index < events.Count; index++)
        {
            RunEventJson.Write(_payloads, events[index]);
            _events[index] = (EventTypeNames.Utf8(events[index].Type), _payloads.WrittenCount);
        }
    }

    protected override long Do(JournalTables tables)
    {
        var at = tables.Now.ToUnixTimeMilliseconds();
        if (tables.Events.FindPosition(_runId, _lease.FencingToken, at) is not var (runNumber, newest)) throw LostLease(tables);
        if (newest != _expectedSequence) throw OtherSequence(newest);

        var start = 0;
        foreach (var (type, end) in _events)
        {
            tables.Events.Insert(runNumber, ++newest, at, type, _payloads.WrittenSpan[start..end]);
            start = end;
        }

        if (_expectedSequence == 0) tables.Runs.MarkFirst(runNumber, at);
        if (_availability is not null) tables.Runs.Keep(runNumber, _availability);
        return newest;
    }

    private JournalConflictException LostLease(JournalTables tables)
    {
        var holder = tables.Leases.Find(_lease.RunId);
        var found = holder is null ? "nobody holds it"
            : holder.FencingToken == _lease.FencingToken ? "it has expired"
            : $"'{holder.Owner}' holds it with token {holder.FencingToken}";
        return new JournalConflictException(
            _lease.RunId,
            $"The lease of '{_lease.Owner}' on run '{_lease.RunId}' (token {_lease.FencingToken}) is lost: {found}");
    }

    private JournalConflictException OtherSequence(long newest) => new(
        _lease.RunId,
        $"Run '{_lease.RunId}' was expected at sequence {_expectedSequence} but is at {newest}");
}
