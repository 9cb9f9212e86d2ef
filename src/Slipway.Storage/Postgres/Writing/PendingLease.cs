using Slipway.Coordination.Journal;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>A wish for the lease of a run, answered with the lease or, where somebody holds it, null.</summary>
internal sealed class PendingLease(string runId, string owner, TimeSpan duration) : PendingWrite<RunLease?>(runId, answer: null)
{
    public string Owner => owner;

    public TimeSpan Duration => duration;

    /// <summary>True when the lease was granted and the run has no events yet.</summary>
    public bool IsOfNewRun { get; set; }
}
