using System.Buffers;
using System.Runtime.CompilerServices;
using Slipway.Coordination.Journal;

namespace Slipway.Samples;

/// <summary>A journal that keeps events as bytes under one lock; put a file or a table in the place of the dictionary, and a transaction in that of the lock.</summary>
internal sealed class BytesJournal(TimeProvider time) : IRunJournal
{
    private readonly Dictionary<string, List<(DateTimeOffset At, byte[] Event)>> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunLease> _leases = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _newestToken;

    public ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default) => Do(() =>
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runId.Length, 200, nameof(runId));
        if (Valid(runId) is not null) return null;
        _runs.TryAdd(runId, []);
        return _leases[runId] = new RunLease(runId, owner, ++_newestToken, time.GetUtcNow() + duration);
    }, cancellationToken);

    public ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default) =>
        Do(() => IsOf(lease) ? _leases[lease.RunId] = lease with { ExpiresAt = time.GetUtcNow() + duration } : null, cancellationToken);

    public async ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default) =>
        await Do(() => IsOf(lease) && _leases.Remove(lease.RunId), cancellationToken);

    public ValueTask<RunLease?> GetLeaseAsync(string runId, CancellationToken cancellationToken = default) => Do(() => Valid(runId), cancellationToken);

    public ValueTask<long> AppendAsync(RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default) => Do(() =>
    {
        ArgumentOutOfRangeException.ThrowIfZero(events.Count, nameof(events));
        if (!IsOf(lease) || Valid(lease.RunId) is null) throw new JournalConflictException(lease.RunId, "The lease is no longer valid.");
        var run = _runs[lease.RunId];
        if (run.Count != expectedSequence) throw new JournalConflictException(lease.RunId, $"The journal is at {run.Count}, not at {expectedSequence}.");
        var now = time.GetUtcNow();
        run.AddRange(events.Select(runEvent => (now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)), Bytes(runEvent))));
        return (long)run.Count;
    }, cancellationToken);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string runId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sequence = Math.Max(0, afterSequence);
        var rest = await Do(() => _runs.GetValueOrDefault(runId)?.Skip((int)sequence).ToArray() ?? [], cancellationToken);
        foreach (var (at, bytes) in rest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new JournalEntry(++sequence, at, RunEventJson.Read(bytes.AsSpan()));
        }
    }

    public async IAsyncEnumerable<string> ListRunsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ids = await Do(() => _runs.Where(run => run.Value.Count > 0).OrderByDescending(run => run.Value[0].At).ThenBy(run => run.Key, StringComparer.Ordinal).Select(run => run.Key).ToArray(), cancellationToken);
        foreach (var id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return id;
        }
    }

    public ValueTask<bool> TryDeleteAsync(string runId, CancellationToken cancellationToken = default) =>
        Do(() => Valid(runId) is null && _runs.Remove(runId) | _leases.Remove(runId), cancellationToken);

    private static byte[] Bytes(RunEvent runEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        RunEventJson.Write(output, runEvent);
        return output.WrittenSpan.ToArray();
    }

    private RunLease? Valid(string runId) => _leases.TryGetValue(runId, out var lease) && lease.ExpiresAt > time.GetUtcNow() ? lease : null;

    private bool IsOf(RunLease lease) => _leases.TryGetValue(lease.RunId, out var held) && held.FencingToken == lease.FencingToken;

    private ValueTask<T> Do<T>(Func<T> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult(act());
    }
}
