using Slipway.Coordination.Graphs;

namespace Slipway.Coordination.Tests.Graphs;

public sealed class DirectedGraphTests
{
    [Fact]
    public void Build_EveryKindOfProblem_ReportsAllAtOnce()
    {
        var check = new DirectedGraphBuilder()
            .AddNode("a", "b").AddNode("b", "a").AddNode("a", "nowhere").AddNode("c", "missing", "c").AddNode("d", "d2").AddNode("d2", "d3").AddNode("d3", "d")
            .Build();

        Assert.Null(check.Graph);
        Assert.Equal([new DuplicateNode("a", 2), new MissingDependency("a", "nowhere"), new MissingDependency("c", "missing")], check.Problems.Take(3));
        Assert.Equal(["a -> b -> a", "c -> c", "d -> d2 -> d3 -> d"], check.Problems.Skip(3).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Build_EntangledCycles_ReportsTheShortest()
    {
        var builder = new DirectedGraphBuilder().AddNode("long0", "long1", "short1");
        for (var i = 1; i < 20; i++) builder.AddNode($"long{i}", $"long{(i + 1) % 20}");
        builder.AddNode("short1", "short2").AddNode("short2", "long0");

        Assert.Equal("long0 -> short1 -> short2 -> long0", Assert.Single(builder.Build().Problems).ToString());
    }

    [Fact]
    public void Build_RingOf100000_FindsItWithoutRecursion()
    {
        var builder = new DirectedGraphBuilder();
        for (var i = 0; i < 100_000; i++) builder.AddNode($"n{i:D6}", $"n{(i + 1) % 100_000:D6}");

        var cycle = Assert.IsType<DependencyCycle>(Assert.Single(builder.Build().Problems));
        Assert.Equal(100_001, cycle.Path.Count);
        Assert.Equal(("n000000", "n000000"), (cycle.Path[0], cycle.Path[^1]));
    }

    [Fact]
    public void Waves_Diamond_GroupsBySoonestAndSorts() => Assert.Equal(
        [["a", "x"], ["b", "c"], ["d"]],
        Build(("d", ["b", "c"]), ("c", ["a"]), ("b", ["a"]), ("a", []), ("x", [])).Waves());

    [Fact]
    public void Dependencies_OfANode_AreThoseGivenAndNamedOnce()
    {
        var graph = Build(("a", []), ("b", ["a", "a"]), ("c", ["a", "b"]));

        Assert.Equal(["a", "b"], graph.DependenciesOf("c"));
        Assert.Equal(["b", "c"], graph.DependentsOf("a"));
        Assert.Equal(3, graph.EdgeCount);
    }

    [Fact]
    public void FindCriticalPath_Unweighted_CountsNodes() =>
        Assert.Equal(["a", "b", "d"], Build(("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])).FindCriticalPath().Ids);

    [Fact]
    public void FindCriticalPath_Weighted_FollowsTheWeight()
    {
        var path = Build(("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"]), ("e", [])).FindCriticalPath(id => id == "c" ? 2.5 : 1);

        Assert.Equal(["a", "c", "d"], path.Ids);
        Assert.Equal(4.5, path.Length);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void FindCriticalPath_WrongWeight_Throws(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Build(("a", [])).FindCriticalPath(_ => weight));

    [Fact]
    public void Export_Graph_DrawsEveryNodeAndEdge()
    {
        var graph = Build(("a", []), ("b \"x\"", ["a"]), ("c#<1>", ["a", "b \"x\""]));

        Assert.Equal(
            "flowchart LR\n  n0[\"a\"]\n  n1[\"b #quot;x#quot;\"]\n  n2[\"c#35;#lt;1#gt;\"]\n  n0 --> n1\n  n0 -.-> n2\n  n1 --> n2\n",
            GraphExport.ToMermaid(graph, (node, dependency) => node.StartsWith('c') && dependency == "a"));
        Assert.Equal(
            "digraph plan {\n  rankdir=LR;\n  node [shape=box];\n  \"a\";\n  \"b \\\"x\\\"\";\n  \"c#<1>\";\n  \"a\" -> \"b \\\"x\\\"\";\n  \"a\" -> \"c#<1>\";\n  \"b \\\"x\\\"\" -> \"c#<1>\";\n}\n",
            GraphExport.ToDot(graph));
    }

    [Fact]
    public void Build_Nothing_IsAnEmptyGraph()
    {
        var graph = Build();

        Assert.Empty(graph.Waves());
        Assert.Equal(0, graph.FindCriticalPath().Length);
    }

    private static DirectedGraph Build(params (string Id, string[] DependsOn)[] nodes)
    {
        var builder = new DirectedGraphBuilder();
        foreach (var (id, dependsOn) in nodes) builder.AddNode(id, dependsOn);
        return builder.Build().Graph!;
    }
}
