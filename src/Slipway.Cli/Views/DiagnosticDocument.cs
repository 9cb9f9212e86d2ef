using Slipway.Coordination.Diagnostics;
using Slipway.Documents;

namespace Slipway.Cli.Views;

/// <summary>Diagnostics as data: <c>{code, severity, summary, detail, file, line, column, path, fix}</c>; what is unknown is left out.</summary>
internal static class DiagnosticDocument
{
    public static SequenceNode From(IEnumerable<Diagnostic> diagnostics) => new(diagnostics.Select(From));

    private static MappingNode From(Diagnostic diagnostic)
    {
        var node = new MappingNode()
            .Add("code", diagnostic.Code)
            .Add("severity", diagnostic.Severity.ToString().ToLowerInvariant())
            .Add("summary", diagnostic.Summary);
        AddText(node, "detail", diagnostic.Detail);
        AddText(node, "file", diagnostic.Place?.File);
        if (diagnostic.Place?.Line is { } line) node.Add("line", ScalarNode.Of(line));
        if (diagnostic.Place?.Column is { } column) node.Add("column", ScalarNode.Of(column));
        AddText(node, "path", diagnostic.Place?.Path);
        AddText(node, "fix", diagnostic.Fix);
        return node;
    }

    private static void AddText(MappingNode node, string key, string? text)
    {
        if (text is not null) node.Add(key, text);
    }
}
