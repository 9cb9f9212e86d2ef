namespace Slipway.Coordination.Graphs;

/// <summary>Why nodes and edges are no acyclic graph. The set is closed.</summary>
public abstract record GraphProblem
{
    private protected GraphProblem()
    {
    }
}

/// <summary>Two nodes have the same id.</summary>
/// <param name="Id">The id.</param>
/// <param name="Index">The position of the later node among all that were added, counted from 0.</param>
public sealed record DuplicateNode(string Id, int Index) : GraphProblem;

/// <summary>A node depends on one that does not exist.</summary>
/// <param name="Id">The node.</param>
/// <param name="Dependency">The id that no node has.</param>
public sealed record MissingDependency(string Id, string Dependency) : GraphProblem;

/// <summary>Nodes that wait for each other. One is reported for each group of nodes that are entangled.</summary>
/// <param name="Path">A shortest cycle of the group, each node followed by one it depends on; it begins and ends with its smallest id.</param>
public sealed record DependencyCycle(IReadOnlyList<string> Path) : GraphProblem
{
    /// <summary>Renders <c>a -> b -> a</c>.</summary>
    public override string ToString() => string.Join(" -> ", Path);
}
