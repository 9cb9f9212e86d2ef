namespace Slipway.Coordination.Graphs;

/// <summary>The result of building a graph: the graph, or all its problems.</summary>
/// <param name="Graph">The graph; null when there are problems.</param>
/// <param name="Problems">All problems: duplicate nodes, then missing dependencies, each in the order given, then cycles by their first id.</param>
public sealed record GraphCheck(DirectedGraph? Graph, IReadOnlyList<GraphProblem> Problems);
