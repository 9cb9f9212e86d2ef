using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Generation.Explain;
using Slipway.Platform;

namespace Slipway.Cli.Views.Platform;

/// <summary><c>slipway explain</c>: <c>{file, item, tool, onDisk, values[{document, path, value, generated, line, state, source{}, template{}}]}</c>.</summary>
/// <param name="explanation">What is known.</param>
internal sealed class ExplanationView(Explanation explanation) : IView
{
    public Node ToDocument()
    {
        var document = new MappingNode().Add("file", explanation.File);
        if (explanation.Item is { } item) document.Add("item", item.Id).Add("tool", item.Tool);
        return document
            .Add("onDisk", ScalarNode.Of(explanation.IsOnDisk))
            .Add("values", new SequenceNode(explanation.Values.Select(Describe)))
            .Add("diagnostics", DiagnosticDocument.From(explanation.Problems));
    }

    public void WriteHuman(Terminal terminal)
    {
        foreach (var document in explanation.Values.GroupBy(value => value.Document, StringComparer.Ordinal))
        {
            terminal.Line(terminal.Bold(document.Key));
            foreach (var value in document) WriteValue(terminal, value);
        }
    }

    private static void WriteValue(Terminal terminal, ExplainedValue value)
    {
        var line = value.Line is { } number ? $":{number}" : "";
        terminal.Line($"  {value.Path}{line}: {terminal.Cyan(OneLine(value.Value ?? value.GeneratedValue ?? ""))}");
        terminal.Line($"    from {value.Source}");
        if (value.Template is { } template) terminal.Line(terminal.Dim($"    by template {template with { Path = null }}"));
        switch (value.State)
        {
            case ExplainedState.Edited:
                terminal.Line(terminal.Yellow(value.GeneratedValue is { } generated ? $"    edited by hand; generated is {OneLine(generated)}" : "    written by hand"));
                break;
            case ExplainedState.Removed:
                terminal.Line(terminal.Yellow("    removed by hand"));
                break;
            case ExplainedState.Outdated:
                terminal.Line(terminal.Yellow("    no longer what is generated; 'slipway generate' will change it"));
                break;
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings("\\n");

    private static MappingNode Describe(ExplainedValue value)
    {
        var node = new MappingNode().Add("document", value.Document).Add("path", value.Path);
        if (value.Value is { } text) node.Add("value", text);
        if (value.GeneratedValue is { } generated) node.Add("generated", generated);
        if (value.Line is { } line) node.Add("line", ScalarNode.Of(line));
        node.Add("state", value.State.ToString().ToLowerInvariant()).Add("source", Describe(value.Source));
        if (value.Template is { } template) node.Add("template", Place(new MappingNode(), template));
        return node;
    }

    private static MappingNode Describe(Provenance source)
    {
        var node = new MappingNode().Add("kind", source.Kind.ToString().ToLowerInvariant()).Add("origin", source.Origin);
        return source.Place is { } place ? Place(node, place) : node;
    }

    private static MappingNode Place(MappingNode node, SourcePlace place)
    {
        if (place.File is { } file) node.Add("file", file);
        if (place.Line is { } line) node.Add("line", ScalarNode.Of(line));
        if (place.Column is { } column) node.Add("column", ScalarNode.Of(column));
        return node;
    }
}
