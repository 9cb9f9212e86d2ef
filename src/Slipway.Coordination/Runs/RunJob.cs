using Slipway.Coordination.Board;
using Slipway.Coordination.Graphs;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>What a loop is to run.</summary>
/// <param name="Lease">The right to write the run's journal.</param>
/// <param name="Run">The run as it stands.</param>
/// <param name="Graph">Its steps and their order.</param>
/// <param name="Place">Where it stands below other runs.</param>
/// <param name="Board">What its agents shared so far; null when there was nothing.</param>
internal sealed record RunJob(RunLease Lease, RunProjection Run, DirectedGraph Graph, RunPlace Place, BoardContent? Board = null)
{
    /// <summary>What a cancelled token means for the run.</summary>
    public StopCause OnCancelled { get; init; } = StopCause.Pause;
}
