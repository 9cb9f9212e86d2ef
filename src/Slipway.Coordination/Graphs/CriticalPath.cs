namespace Slipway.Coordination.Graphs;

/// <summary>The longest chain of a graph.</summary>
/// <param name="Ids">Its nodes, first to last.</param>
/// <param name="Length">The sum of their weights.</param>
public sealed record CriticalPath(IReadOnlyList<string> Ids, double Length);
