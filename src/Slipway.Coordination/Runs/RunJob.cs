using Slipway.Coordination.Graphs;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>What a loop is to run.</summary>
/// <param name="Lease">The right to write the run's journal.</param>
/// <param name="Run">The run as it stands.</param>
/// <param name="Graph">Its steps and their order.</param>
/// <param name="Within">The tokens of the locks that the steps hold which it goes on below; none for a run of its own.</param>
internal sealed record RunJob(RunLease Lease, RunProjection Run, DirectedGraph Graph, IReadOnlyList<long> Within);
