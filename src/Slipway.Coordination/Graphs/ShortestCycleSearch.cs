namespace Slipway.Coordination.Graphs;

/// <summary>
/// Searches a strongly connected component for a shortest cycle: breadth first from each node in the order of ids, never deeper than
/// the best cycle so far. A node that was searched from is taken out, with all that then can be on no cycle any more.
/// </summary>
internal sealed class ShortestCycleSearch
{
    private readonly string[] _ids;
    private readonly int[] _offsets;
    private readonly int[] _targets;
    private readonly int[] _reversedOffsets;
    private readonly int[] _reversed;
    private readonly bool[] _isIn;
    private readonly int[] _leaving;
    private readonly int[] _entering;
    private readonly int[] _searchedFrom;
    private readonly int[] _depth;
    private readonly int[] _parent;
    private readonly Queue<int> _queue = new();
    private long _budget;

    public ShortestCycleSearch(string[] ids, int[] offsets, int[] targets)
    {
        _ids = ids;
        _offsets = offsets;
        _targets = targets;
        (_reversedOffsets, _reversed) = DirectedGraph.Reverse(offsets, targets);
        _isIn = new bool[ids.Length];
        _leaving = new int[ids.Length];
        _entering = new int[ids.Length];
        _searchedFrom = new int[ids.Length];
        _depth = new int[ids.Length];
        _parent = new int[ids.Length];
    }

    /// <summary>A shortest cycle of a component.</summary>
    /// <param name="component">The nodes; each lies on a cycle within them.</param>
    /// <param name="budget">How many edges may be visited; what was visited is taken off.</param>
    public string[] Run(int[] component, ref long budget)
    {
        _budget = budget;
        foreach (var node in component) _isIn[node] = true;
        foreach (var node in component)
        {
            _leaving[node] = CountIn(_targets.AsSpan(_offsets[node], _offsets[node + 1] - _offsets[node]));
            _entering[node] = CountIn(_reversed.AsSpan(_reversedOffsets[node], _reversedOffsets[node + 1] - _reversedOffsets[node]));
        }

        int[]? best = null;
        Array.Sort(component, (a, b) => string.CompareOrdinal(_ids[a], _ids[b]));
        foreach (var node in component)
        {
            if (!_isIn[node]) continue;
            best = CycleThrough(node, best?.Length ?? int.MaxValue) ?? best;
            if (best is { Length: 1 } || (best is not null && _budget <= 0)) break;
            Remove(node);
        }

        foreach (var node in component) _isIn[node] = false;
        budget = _budget;
        return Named(best!);
    }

    private int CountIn(ReadOnlySpan<int> nodes)
    {
        var count = 0;
        foreach (var node in nodes) count += _isIn[node] ? 1 : 0;
        return count;
    }

    /// <summary>The shortest cycle through a node when it has fewer nodes than asked; null otherwise.</summary>
    private int[]? CycleThrough(int start, int shorterThan)
    {
        _queue.Clear();
        _queue.Enqueue(start);
        _searchedFrom[start] = start + 1;
        _depth[start] = 1;
        while (_queue.TryDequeue(out var node))
        {
            if (_depth[node] >= shorterThan) return null;
            for (var edge = _offsets[node]; edge < _offsets[node + 1]; edge++)
            {
                _budget--;
                var target = _targets[edge];
                if (target == start) return Trace(start, node);
                if (!_isIn[target] || _searchedFrom[target] == start + 1) continue;
                _searchedFrom[target] = start + 1;
                _depth[target] = _depth[node] + 1;
                _parent[target] = node;
                _queue.Enqueue(target);
            }
        }

        return null;
    }

    private int[] Trace(int start, int last)
    {
        var cycle = new int[_depth[last]];
        for (var (i, node) = (cycle.Length - 1, last); i > 0; i--, node = _parent[node]) cycle[i] = node;
        cycle[0] = start;
        return cycle;
    }

    private void Remove(int first)
    {
        _queue.Clear();
        _queue.Enqueue(first);
        _isIn[first] = false;
        while (_queue.TryDequeue(out var node))
        {
            for (var edge = _offsets[node]; edge < _offsets[node + 1]; edge++) Loosen(_targets[edge], _entering);
            for (var edge = _reversedOffsets[node]; edge < _reversedOffsets[node + 1]; edge++) Loosen(_reversed[edge], _leaving);
        }

        void Loosen(int node, int[] counts)
        {
            _budget--;
            if (!_isIn[node] || --counts[node] > 0) return;
            _isIn[node] = false;
            _queue.Enqueue(node);
        }
    }

    private string[] Named(int[] cycle)
    {
        var smallest = 0;
        for (var i = 1; i < cycle.Length; i++)
        {
            if (string.CompareOrdinal(_ids[cycle[i]], _ids[cycle[smallest]]) < 0) smallest = i;
        }

        var path = new string[cycle.Length + 1];
        for (var i = 0; i < path.Length; i++) path[i] = _ids[cycle[(smallest + i) % cycle.Length]];
        return path;
    }
}
