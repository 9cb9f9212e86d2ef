using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Routing.Rules;
using Slipway.Documents;

namespace Slipway.Routing;

/// <summary>
/// Reads a file of routing rules in YAML or JSON (<c>docs/schemas/routing-rules.schema.json</c>). It is held to the same rules as the JSON
/// form; every problem is reported at once, with line and column.
/// </summary>
public static class RoutingRuleFile
{
    /// <summary>Reads rules from text.</summary>
    /// <param name="text">The YAML or JSON text.</param>
    /// <param name="file">The file's name for diagnostics.</param>
    /// <param name="problems">Receives errors and warnings.</param>
    /// <returns>The rules, or null when there is an error.</returns>
    public static RoutingRuleSet? Read(string text, string file, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        RoutingRuleSet? rules = null;
        if (DocumentReader.ReadSingle(text, file, found) is { } root)
        {
            using var json = JsonDocument.Parse(JsonText.Write(root, indented: false), new JsonDocumentOptions { MaxDepth = 1000 });
            var check = RoutingRuleJson.Read(json.RootElement);
            found.AddRange(check.Problems.Select(problem => problem with { Place = PlaceOf(root, problem.Place?.Path ?? "", file) }));
            rules = check.Rules;
        }

        foreach (var problem in found.OrderBy(problem => problem.Place?.Line ?? 0).ThenBy(problem => problem.Place?.Column ?? 0)) problems.Add(problem);
        return found.Exists(problem => problem.Severity is Severity.Error) ? null : rules;
    }

    /// <summary>The place of a path such as <c>rules[3].decision</c>; where a part of it is not there, of what it is missing from.</summary>
    private static SourcePlace PlaceOf(Node root, string path, string file)
    {
        var (node, position) = (root, root.Position);
        foreach (var part in path.Split('.', '[').Select(part => part.TrimEnd(']')))
        {
            if (node is MappingNode mapping && mapping.Where(entry => entry.Key == part).ToList() is [var entry, ..]) (node, position) = (entry.Value, entry.KeyPosition);
            else if (node is SequenceNode list && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count) (node, position) = (list[index], list[index].Position);
            else break;
        }

        return new SourcePlace(file, position?.Line, position?.Column, path);
    }
}
