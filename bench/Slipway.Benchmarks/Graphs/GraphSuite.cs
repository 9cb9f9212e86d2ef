using System.Globalization;
using Slipway.Benchmarks.Suites;
using Slipway.Coordination.Graphs;

namespace Slipway.Benchmarks.Graphs;

/// <summary>Checking and ordering graphs with three edges a node.</summary>
internal sealed class GraphSuite : ISuite
{
    private const int Repeats = 9;
    private const int EdgesPerNode = 3;

    public string Name => "graph";

    public async Task RunAsync(TextWriter output)
    {
        var table = new ResultTable(
            $"Graphs, {EdgesPerNode} edges a step", "steps", "edges", "check and order ms", "waves ms", "critical path ms", "cycle found ms");
        foreach (var size in new[] { 1_000, 10_000, 100_000 })
        {
            var nodes = Nodes(size);
            var graph = Build(nodes).Graph!;
            var check = await Samples.TakeAsync(Repeats, () => Do(() => Build(nodes)));
            var waves = await Samples.TakeAsync(Repeats, () => Do(() => graph.Waves()));
            var path = await Samples.TakeAsync(Repeats, () => Do(() => graph.FindCriticalPath()));
            nodes[0] = (nodes[0].Id, [nodes[^1].Id]);
            nodes[^1] = (nodes[^1].Id, [nodes[0].Id]);
            var cycle = await Samples.TakeAsync(Repeats, () => Do(() => Build(nodes)));
            table.Add(N(size), N(graph.EdgeCount), Milliseconds(check), Milliseconds(waves), Milliseconds(path), Milliseconds(cycle));
        }

        table.Print(output);
    }

    private static (string Id, string[] After)[] Nodes(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(node =>
            ($"step-{node}", Enumerable.Range(0, Math.Min(EdgesPerNode, node)).Select(_ => $"step-{random.Next(node)}").Distinct().ToArray()))];
    }

    private static GraphCheck Build((string Id, string[] After)[] nodes)
    {
        var builder = new DirectedGraphBuilder(nodes.Length);
        foreach (var (id, after) in nodes) builder.AddNode(id, after);
        return builder.Build();
    }

    private static Task Do<T>(Func<T> work)
    {
        GC.KeepAlive(work());
        return Task.CompletedTask;
    }

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(Samples samples) => samples.Median.TotalMilliseconds.ToString("N2", CultureInfo.InvariantCulture);
}
