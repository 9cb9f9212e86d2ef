using Slipway.Coordination.Journal;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>A lease that is given back; answered when it was.</summary>
internal sealed class PendingRelease(RunLease lease) : PendingWrite<bool>(lease.RunId, answer: true)
{
    public long FencingToken => lease.FencingToken;
}
