using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Graphs;

namespace Slipway.Coordination.Plans;

/// <summary>The result of checking a plan.</summary>
/// <param name="Graph">The steps and their order; null when there are problems.</param>
/// <param name="Problems">All problems; none when the plan can run.</param>
public sealed record PlanCheck(DirectedGraph? Graph, IReadOnlyList<Diagnostic> Problems);
