using System.Runtime.InteropServices;

namespace Slipway.Coordination.Graphs;

/// <summary>Collects nodes and their dependencies and checks them. Nodes may be added in any order.</summary>
public sealed class DirectedGraphBuilder
{
    private readonly List<string> _ids;
    private readonly List<int> _firstEdges;
    private readonly List<string> _edges;

    /// <summary>An empty builder.</summary>
    /// <param name="capacity">How many nodes to expect. Default: 0.</param>
    public DirectedGraphBuilder(int capacity = 0)
    {
        _ids = new List<string>(capacity);
        _firstEdges = new List<int>(capacity);
        _edges = new List<string>(capacity);
    }

    /// <summary>Adds a node and the nodes it depends on; naming one twice counts once.</summary>
    public DirectedGraphBuilder AddNode(string id, params IEnumerable<string> dependsOn)
    {
        BeginNode(id);
        foreach (var dependency in dependsOn) AddDependency(dependency);
        return this;
    }

    internal void BeginNode(string id)
    {
        _ids.Add(id);
        _firstEdges.Add(_edges.Count);
    }

    internal void AddDependency(string id) => _edges.Add(id);

    /// <summary>Checks everything at once. Pure: the same nodes give the same answer, in the same order.</summary>
    public GraphCheck Build()
    {
        var problems = new List<GraphProblem>();
        var indexes = IndexNodes(problems, out var ids);
        var (offsets, targets) = ResolveEdges(indexes, ids.Length, problems);
        var graph = DirectedGraph.TryOrder(ids, indexes, offsets, targets);
        if (graph is null) problems.AddRange(CycleFinder.Find(ids, offsets, targets));
        return problems.Count > 0 ? new GraphCheck(null, problems) : new GraphCheck(graph, []);
    }

    private Dictionary<string, int> IndexNodes(List<GraphProblem> problems, out string[] ids)
    {
        var indexes = new Dictionary<string, int>(_ids.Count, StringComparer.Ordinal);
        for (var i = 0; i < _ids.Count; i++)
        {
            if (!indexes.TryAdd(_ids[i], indexes.Count)) problems.Add(new DuplicateNode(_ids[i], i));
        }

        ids = new string[indexes.Count];
        foreach (var (id, index) in indexes) ids[index] = id;
        return indexes;
    }

    private (int[] Offsets, int[] Targets) ResolveEdges(Dictionary<string, int> indexes, int count, List<GraphProblem> problems)
    {
        var offsets = new int[count + 1];
        var targets = new List<int>(_edges.Count);
        var lastSource = new int[count];
        var next = 0;
        for (var node = 0; node < _ids.Count; node++)
        {
            // The edges of a second node with a known id are checked but not kept: it is a problem of its own already.
            var index = indexes[_ids[node]];
            var isKept = index == next;
            var end = node + 1 < _ids.Count ? _firstEdges[node + 1] : _edges.Count;
            for (var edge = _firstEdges[node]; edge < end; edge++)
            {
                if (!indexes.TryGetValue(_edges[edge], out var target)) problems.Add(new MissingDependency(_ids[node], _edges[edge]));
                else if (isKept && lastSource[target] != node + 1)
                {
                    lastSource[target] = node + 1;
                    targets.Add(target);
                }
            }

            if (isKept) offsets[++next] = targets.Count;
        }

        return (offsets, CollectionsMarshal.AsSpan(targets).ToArray());
    }
}
