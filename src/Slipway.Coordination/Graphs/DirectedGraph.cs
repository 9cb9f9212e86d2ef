namespace Slipway.Coordination.Graphs;

/// <summary>
/// An acyclic graph of nodes that depend on each other, immutable and ordered. Build one with <see cref="DirectedGraphBuilder"/>.
/// Inside, nodes are numbers and edges are arrays, so that 100,000 nodes are checked and ordered in a fraction of a second.
/// </summary>
public sealed class DirectedGraph
{
    private readonly Dictionary<string, int> _indexes;
    private readonly int[] _dependencyOffsets;
    private readonly int[] _dependencies;
    private readonly int[] _dependentOffsets;
    private readonly int[] _dependents;
    private readonly int[] _levels;

    /// <summary>Node numbers such that every node comes after all it depends on.</summary>
    private readonly int[] _order;

    private DirectedGraph(
        string[] ids, Dictionary<string, int> indexes, int[] dependencyOffsets, int[] dependencies, int[] dependentOffsets, int[] dependents, int[] order, int[] levels)
    {
        Ids = ids;
        _indexes = indexes;
        _dependencyOffsets = dependencyOffsets;
        _dependencies = dependencies;
        _dependentOffsets = dependentOffsets;
        _dependents = dependents;
        _order = order;
        _levels = levels;
    }

    /// <summary>The ids of the nodes, in the order they were added.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The number of edges.</summary>
    public int EdgeCount => _dependencies.Length;

    /// <summary>The nodes that a node depends on, in the order given.</summary>
    /// <exception cref="KeyNotFoundException">There is no such node.</exception>
    public IReadOnlyList<string> DependenciesOf(string id) => Named(DependenciesOf(_indexes[id]));

    /// <summary>The nodes that depend on a node, in the order they were added.</summary>
    /// <exception cref="KeyNotFoundException">There is no such node.</exception>
    public IReadOnlyList<string> DependentsOf(string id) => Named(DependentsOf(_indexes[id]));

    /// <summary>
    /// The nodes in waves: a node is in the first wave that comes after all it depends on; each wave is sorted by id.
    /// Waves are a way of showing a plan, not of running it.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Waves()
    {
        var waves = new List<List<string>>();
        foreach (var node in _order)
        {
            while (waves.Count <= _levels[node]) waves.Add([]);
            waves[_levels[node]].Add(Ids[node]);
        }

        foreach (var wave in waves) wave.Sort(StringComparer.Ordinal);
        return waves;
    }

    /// <summary>All nodes such that each comes after all it depends on: wave by wave, each sorted by id.</summary>
    public IReadOnlyList<string> InOrder() => [.. Waves().SelectMany(wave => wave)];

    /// <summary>The chain of dependent nodes with the greatest sum of weights, from its first node to its last; of equal ones the one with the smaller ids.</summary>
    /// <param name="weight">The weight of a node, 0 or more; null to count nodes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or no number.</exception>
    public CriticalPath FindCriticalPath(Func<string, double>? weight = null)
    {
        if (Ids.Count == 0) return new CriticalPath([], 0);
        var remaining = RemainingLengths(weight);
        var path = new List<string>();
        var candidates = Enumerable.Range(0, Ids.Count);
        while (true)
        {
            var best = -1;
            foreach (var node in candidates)
            {
                if (best < 0 || remaining[node] > remaining[best] ||
                    (remaining[node] == remaining[best] && string.CompareOrdinal(Ids[node], Ids[best]) < 0))
                {
                    best = node;
                }
            }

            if (best < 0) break;
            path.Add(Ids[best]);
            candidates = DependentsOf(best).ToArray();
        }

        return new CriticalPath(path, remaining[_indexes[path[0]]]);
    }

    /// <summary>For each node the greatest sum of weights of a chain that begins with it.</summary>
    internal double[] RemainingLengths(Func<string, double>? weight)
    {
        var remaining = new double[_order.Length];
        for (var i = _order.Length - 1; i >= 0; i--)
        {
            var node = _order[i];
            var own = weight?.Invoke(Ids[node]) ?? 1;
            if (!(own >= 0)) throw new ArgumentOutOfRangeException(nameof(weight), own, $"The weight of '{Ids[node]}' is negative or no number.");
            var longest = 0.0;
            foreach (var dependent in DependentsOf(node)) longest = Math.Max(longest, remaining[dependent]);
            remaining[node] = own + longest;
        }

        return remaining;
    }

    internal int IndexOf(string id) => _indexes[id];

    internal ReadOnlySpan<int> DependenciesOf(int node) =>
        _dependencies.AsSpan(_dependencyOffsets[node], _dependencyOffsets[node + 1] - _dependencyOffsets[node]);

    internal ReadOnlySpan<int> DependentsOf(int node) =>
        _dependents.AsSpan(_dependentOffsets[node], _dependentOffsets[node + 1] - _dependentOffsets[node]);

    /// <summary>Orders the nodes (Kahn's algorithm); null when there is a cycle.</summary>
    internal static DirectedGraph? TryOrder(string[] ids, Dictionary<string, int> indexes, int[] offsets, int[] targets)
    {
        var (dependentOffsets, dependents) = Reverse(offsets, targets);
        var waiting = new int[ids.Length];
        var levels = new int[ids.Length];
        var order = new int[ids.Length];
        var end = 0;
        for (var node = 0; node < ids.Length; node++)
        {
            waiting[node] = offsets[node + 1] - offsets[node];
            if (waiting[node] == 0) order[end++] = node;
        }

        for (var next = 0; next < end; next++)
        {
            var node = order[next];
            for (var edge = dependentOffsets[node]; edge < dependentOffsets[node + 1]; edge++)
            {
                var dependent = dependents[edge];
                levels[dependent] = Math.Max(levels[dependent], levels[node] + 1);
                if (--waiting[dependent] == 0) order[end++] = dependent;
            }
        }

        return end == ids.Length ? new DirectedGraph(ids, indexes, offsets, targets, dependentOffsets, dependents, order, levels) : null;
    }

    internal static (int[] Offsets, int[] Targets) Reverse(int[] offsets, int[] targets)
    {
        var reversedOffsets = new int[offsets.Length];
        foreach (var target in targets) reversedOffsets[target + 1]++;
        for (var i = 1; i < reversedOffsets.Length; i++) reversedOffsets[i] += reversedOffsets[i - 1];
        var next = reversedOffsets.AsSpan().ToArray();
        var reversed = new int[targets.Length];
        for (var node = 0; node < offsets.Length - 1; node++)
        {
            for (var edge = offsets[node]; edge < offsets[node + 1]; edge++) reversed[next[targets[edge]]++] = node;
        }

        return (reversedOffsets, reversed);
    }

    private string[] Named(ReadOnlySpan<int> nodes)
    {
        var names = new string[nodes.Length];
        for (var i = 0; i < nodes.Length; i++) names[i] = Ids[nodes[i]];
        return names;
    }
}
