using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Graphs;

namespace Slipway.Coordination.Tests.Graphs;

/// <summary>What holds for every graph, compared with slow and obvious ways to the same answer.</summary>
public sealed class DirectedGraphProperties
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260102, 3).WithMaxTest(300);

    [Fact]
    public void Build_AnyGraph_HasACycleExactlyWhenANodeReachesItself() => Check.One(Repeatable, Prop.ForAll(Arb.From(Graphs()), edges =>
    {
        var check = Build(edges);
        var onCycle = Enumerable.Range(0, edges.Length).Where(node => ShortestCycleThrough(edges, node) is not null).ToList();
        Assert.Equal(onCycle.Count == 0, check.Graph is not null);
        foreach (var cycle in check.Problems.Cast<DependencyCycle>())
        {
            for (var i = 0; i + 1 < cycle.Path.Count; i++) Assert.Contains(Number(cycle.Path[i + 1]), edges[Number(cycle.Path[i])]);
            Assert.Equal(cycle.Path[0], cycle.Path[^1]);
            Assert.Equal(cycle.Path.Count - 1, cycle.Path.Distinct().Count());
        }

        if (onCycle.Count == 0) return;
        Assert.Equal(onCycle.Min(node => ShortestCycleThrough(edges, node)), check.Problems.Cast<DependencyCycle>().Min(cycle => cycle.Path.Count - 1));
    }));

    [Fact]
    public void Build_AnyGraph_IsRepeatable() => Check.One(Repeatable, Prop.ForAll(Arb.From(Graphs()), edges =>
        Assert.Equal(Build(edges).Problems.Select(problem => problem.ToString()), Build(edges).Problems.Select(problem => problem.ToString()))));

    [Fact]
    public void InOrder_AcyclicGraph_PutsDependenciesFirstAndEachNodeOnce() => Check.One(Repeatable, Prop.ForAll(Arb.From(AcyclicGraphs()), edges =>
    {
        var order = Build(edges).Graph!.InOrder();
        Assert.Equal(edges.Length, order.Distinct().Count());
        var place = order.Select((id, index) => (id, index)).ToDictionary(pair => Number(pair.id), pair => pair.index);
        for (var node = 0; node < edges.Length; node++) Assert.All(edges[node], dependency => Assert.True(place[dependency] < place[node]));
    }));

    [Fact]
    public void Waves_AcyclicGraph_AreAsManyAsTheCriticalPathIsLong() => Check.One(Repeatable, Prop.ForAll(Arb.From(AcyclicGraphs()), edges =>
    {
        var graph = Build(edges).Graph!;
        var path = graph.FindCriticalPath();
        Assert.Equal(graph.Waves().Count, path.Ids.Count);
        Assert.Equal(path.Ids.Count, path.Length);
        for (var i = 1; i < path.Ids.Count; i++) Assert.Contains(path.Ids[i - 1], graph.DependenciesOf(path.Ids[i]));
    }));

    internal static Gen<int[][]> AcyclicGraphs() =>
        from count in Gen.Choose(1, 25)
        from edges in Gen.CollectToArray(Enumerable.Range(0, count), node => Gen.SubListOf(Enumerable.Range(0, node).Where(other => (node * 7 + other) % 3 != 0)))
        select edges.Select(list => list.ToArray()).ToArray();

    private static Gen<int[][]> Graphs() =>
        from count in Gen.Choose(1, 10)
        from density in Gen.Choose(1, 3)
        from edges in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, count - 1), density), count)
        select edges;

    private static GraphCheck Build(int[][] edges)
    {
        var builder = new DirectedGraphBuilder();
        for (var node = 0; node < edges.Length; node++) builder.AddNode($"n{node:D2}", edges[node].Select(dependency => $"n{dependency:D2}"));
        return builder.Build();
    }

    private static int Number(string id) => int.Parse(id.AsSpan(1));

    private static int? ShortestCycleThrough(int[][] edges, int start)
    {
        var distance = new Dictionary<int, int> { [start] = 0 };
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in edges[node])
            {
                if (next == start) return distance[node] + 1;
                if (distance.TryAdd(next, distance[node] + 1)) queue.Enqueue(next);
            }
        }

        return null;
    }
}
