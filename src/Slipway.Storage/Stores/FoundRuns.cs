using Slipway.Coordination.Feeds;
using Slipway.Storage.Leases;

namespace Slipway.Storage.Stores;

/// <summary>What a look for runs that wait has found, run by run.</summary>
/// <param name="limit">How many are enough.</param>
/// <param name="probe">Tells of owners that are dead.</param>
internal sealed class FoundRuns(int limit, ILeaseOwnerProbe probe)
{
    /// <summary>What rings when a run is given back that any engine may go on with.</summary>
    public const string Topic = "runs";

    private readonly List<string> _runIds = [];
    private readonly Dictionary<string, bool> _deadOwners = new(StringComparer.Ordinal);
    private TimeSpan? _nextIn;

    public bool IsFull => _runIds.Count == limit;

    public RunnableRuns Result => new(_runIds, _nextIn);

    /// <summary>Takes a look at the next run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">Who has its newest lease; null when nobody has one.</param>
    /// <param name="remaining">How long the lease still lasts; null when there is none.</param>
    public void Add(string runId, string? owner, TimeSpan? remaining)
    {
        if (owner is null || remaining is not { Ticks: > 0 } valid || IsDead(owner)) _runIds.Add(runId);
        else if (_nextIn is null || valid < _nextIn) _nextIn = valid;
    }

    private bool IsDead(string owner)
    {
        if (!_deadOwners.TryGetValue(owner, out var isDead)) _deadOwners.Add(owner, isDead = probe.Probe(owner) is OwnerState.Dead);
        return isDead;
    }
}
