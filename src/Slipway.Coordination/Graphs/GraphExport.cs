using System.Globalization;
using System.Text;

namespace Slipway.Coordination.Graphs;

/// <summary>Draws a graph as text. Arrows point from what comes first to what comes after.</summary>
public static class GraphExport
{
    /// <summary>A Mermaid flow chart.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isOptional">Whether a node's edge to one it depends on is optional, drawn dotted; null when none is.</param>
    public static string ToMermaid(DirectedGraph graph, Func<string, string, bool>? isOptional = null)
    {
        var text = new StringBuilder("flowchart LR\n");
        for (var node = 0; node < graph.Ids.Count; node++) text.Append(CultureInfo.InvariantCulture, $"  n{node}[\"{MermaidLabel(graph.Ids[node])}\"]\n");
        foreach (var (from, to) in Edges(graph))
        {
            var arrow = isOptional?.Invoke(graph.Ids[to], graph.Ids[from]) is true ? "-.->" : "-->";
            text.Append(CultureInfo.InvariantCulture, $"  n{from} {arrow} n{to}\n");
        }

        return text.ToString();
    }

    /// <summary>A Graphviz DOT digraph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isOptional">Whether a node's edge to one it depends on is optional, drawn dashed; null when none is.</param>
    public static string ToDot(DirectedGraph graph, Func<string, string, bool>? isOptional = null)
    {
        var text = new StringBuilder("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n");
        foreach (var id in graph.Ids) text.Append(CultureInfo.InvariantCulture, $"  {DotId(id)};\n");
        foreach (var (from, to) in Edges(graph))
        {
            var style = isOptional?.Invoke(graph.Ids[to], graph.Ids[from]) is true ? " [style=dashed]" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {DotId(graph.Ids[from])} -> {DotId(graph.Ids[to])}{style};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static IEnumerable<(int From, int To)> Edges(DirectedGraph graph)
    {
        for (var node = 0; node < graph.Ids.Count; node++)
        {
            foreach (var dependency in graph.DependenciesOf(node).ToArray()) yield return (dependency, node);
        }
    }

    private static string MermaidLabel(string id) => id
        .Replace("#", "#35;", StringComparison.Ordinal)
        .Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal)
        .Replace(">", "#gt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");

    private static string DotId(string id) =>
        $"\"{id.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
