namespace Slipway.Coordination.Graphs;

/// <summary>
/// Finds a shortest cycle of every strongly connected component. Components: R. Tarjan, "Depth-first search and linear graph
/// algorithms", SIAM J. Comput. 1 (1972), with a stack of its own instead of recursion.
/// </summary>
internal static class CycleFinder
{
    /// <summary>
    /// How many edges the search for a shorter cycle may visit in all. Beyond it the shortest one found so far is reported, so that
    /// a hostile input costs a bounded time; graphs that people write never get near.
    /// </summary>
    private const long EdgeVisitLimit = 50_000_000;

    public static IEnumerable<DependencyCycle> Find(string[] ids, int[] offsets, int[] targets)
    {
        var budget = EdgeVisitLimit;
        var search = new ShortestCycleSearch(ids, offsets, targets);
        var cycles = new List<DependencyCycle>();
        foreach (var component in Components(offsets, targets)) cycles.Add(new DependencyCycle(search.Run(component, ref budget)));
        cycles.Sort((a, b) => string.CompareOrdinal(a.Path[0], b.Path[0]));
        return cycles;
    }

    private static List<int[]> Components(int[] offsets, int[] targets)
    {
        var count = offsets.Length - 1;
        var found = new int[count];
        var low = new int[count];
        var nextEdge = new int[count];
        var isOpen = new bool[count];
        var open = new Stack<int>();
        var path = new Stack<int>();
        var components = new List<int[]>();
        var clock = 0;
        for (var root = 0; root < count; root++)
        {
            if (found[root] != 0) continue;
            Enter(root);
            while (path.TryPeek(out var node))
            {
                if (nextEdge[node] < offsets[node + 1])
                {
                    var target = targets[nextEdge[node]++];
                    if (found[target] == 0) Enter(target);
                    else if (isOpen[target]) low[node] = Math.Min(low[node], found[target]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out var parent)) low[parent] = Math.Min(low[parent], low[node]);
                if (low[node] == found[node]) Close(node);
            }
        }

        return components;

        void Enter(int node)
        {
            found[node] = low[node] = ++clock;
            nextEdge[node] = offsets[node];
            isOpen[node] = true;
            open.Push(node);
            path.Push(node);
        }

        void Close(int first)
        {
            var members = new List<int>();
            int member;
            do
            {
                member = open.Pop();
                isOpen[member] = false;
                members.Add(member);
            }
            while (member != first);
            if (members.Count > 1 || targets.AsSpan(offsets[first], offsets[first + 1] - offsets[first]).Contains(first)) components.Add([.. members]);
        }
    }
}
