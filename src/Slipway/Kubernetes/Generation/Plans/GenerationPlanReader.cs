using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Templates;

namespace Slipway.Kubernetes.Generation.Plans;

/// <summary>Reads <c>k8s-generation-plan.yaml</c>.</summary>
public sealed class GenerationPlanReader
{
    private const string LevelPrefix = "level_";
    private static readonly string[] LevelKeys = ["type", "order", "items", "parallel_groups"];

    private readonly string _file;
    private readonly ICollection<Diagnostic> _problems;

    private GenerationPlanReader(string file, ICollection<Diagnostic> problems)
    {
        _file = file;
        _problems = problems;
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">The file's name for diagnostics.</param>
    /// <param name="problems">Receives everything that is wrong (SLW1310, SLW1315, SLW1316 and the YAML codes).</param>
    /// <returns>The plan, or null with problems.</returns>
    public static GenerationPlan? Read(string text, string file, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var plan = DocumentReader.ReadSingle(text, file, found) is { } root ? new GenerationPlanReader(file, found).ReadRoot(root) : null;
        foreach (var problem in found) problems.Add(problem);
        return found.Exists(problem => problem.Severity == Severity.Error) ? null : plan;
    }

    private GenerationPlan? ReadRoot(Node root)
    {
        if (root is not MappingNode mapping || mapping["generation_order"] is not MappingNode order)
        {
            Report(PlanCodes.Structure, root, "generation_order", "there is no mapping 'generation_order'", "write it, or let 'slipway context' write the plan anew");
            return null;
        }

        foreach (var entry in mapping)
        {
            if (entry.Key is not "generation_order" and not "service_inventory") ReportWord(entry, "", ["generation_order", "service_inventory"]);
        }

        var levels = new List<PlanLevel>();
        foreach (var entry in order)
        {
            if (ReadLevel(entry) is { } level) levels.Add(level);
        }

        return new GenerationPlan([.. levels.OrderBy(level => PlanLevels.Rank(level.Name))], ReadServices(mapping["service_inventory"]));
    }

    private PlanLevel? ReadLevel(MappingEntry entry)
    {
        var path = $"generation_order.{entry.Key}";
        var name = entry.Key.StartsWith(LevelPrefix, StringComparison.Ordinal) ? entry.Key[LevelPrefix.Length..] : "";
        if (PlanLevels.Rank(name) < 0)
        {
            Report(PlanCodes.UnknownLevel, entry.Value, path, $"'{entry.Key}' is no level", "name it 'level_' with a number and at most one letter, such as 'level_2a'", entry.KeyPosition);
            return null;
        }

        if (entry.Value is not MappingNode level)
        {
            Report(PlanCodes.Structure, entry.Value, path, $"'{entry.Key}' is not a mapping", "write 'type' and 'items' below it");
            return null;
        }

        foreach (var inner in level)
        {
            if (Array.IndexOf(LevelKeys, inner.Key) < 0) ReportWord(inner, path, LevelKeys);
        }

        var types = PlanLevels.Usual.Select(usual => usual.Type).ToList();
        var type = level.Text("type");
        if (type is null) Report(PlanCodes.Structure, level, $"{path}.type", $"'{entry.Key}' has no type", $"write one of: {string.Join(", ", types)}");
        else if (!types.Contains(type))
            Report(PlanCodes.UnknownWord, level["type"]!, $"{path}.type", $"there is no type '{type}'", Suggestion.Fix(type, types));

        var order = level.Text("order");
        if (order is not null and not "sequential" and not "parallel")
            Report(PlanCodes.UnknownWord, level["order"]!, $"{path}.order", $"there is no order '{order}'", "write 'sequential', 'parallel' or nothing");

        var entries = new List<PlanEntry>();
        if (level["items"] is { } items) ReadEntries(items, $"{path}.items", null, entries);
        if (level["parallel_groups"] is MappingNode groups)
        {
            foreach (var group in groups) ReadEntries(group.Value, $"{path}.parallel_groups.{group.Key}", group.Key, entries);
        }
        else if (level.Has("parallel_groups"))
        {
            Report(PlanCodes.Structure, level["parallel_groups"]!, $"{path}.parallel_groups", "'parallel_groups' is not a mapping", "write lists of names under the names of groups");
        }

        return new PlanLevel(name, type ?? "", order == "sequential", entries, level.PlaceIn(_file, path));
    }

    private void ReadEntries(Node node, string path, string? group, List<PlanEntry> entries)
    {
        if (node is ScalarNode { Kind: ScalarKind.Null }) return;
        if (node is not SequenceNode list)
        {
            Report(PlanCodes.Structure, node, path, "this is not a list", "write a list of files, folders or names");
            return;
        }

        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] is ScalarNode { Kind: not ScalarKind.Null } scalar) entries.Add(new PlanEntry(scalar.Text, group, scalar.PlaceIn(_file, $"{path}[{at}]")));
            else Report(PlanCodes.Structure, list[at], $"{path}[{at}]", "this entry is not text", "write a file, a folder or a name");
        }
    }

    private List<PlanEntry> ReadServices(Node? node)
    {
        var services = new List<PlanEntry>();
        if (node is null) return services;
        if (node is not MappingNode inventory || inventory["services"] is not SequenceNode list)
        {
            Report(PlanCodes.Structure, node, "service_inventory", "'service_inventory' holds no list 'services'", "write the list, or remove 'service_inventory'");
            return services;
        }

        for (var at = 0; at < list.Count; at++)
        {
            var path = $"service_inventory.services[{at}]";
            if (list[at] is MappingNode service && service.Text("name") is { } name) services.Add(new PlanEntry(name, null, service.PlaceIn(_file, path)));
            else Report(PlanCodes.Structure, list[at], path, "this service has no name", "write 'name'");
        }

        return services;
    }

    private void ReportWord(MappingEntry entry, string path, string[] known) => Report(
        PlanCodes.UnknownWord,
        entry.Value,
        path.Length == 0 ? entry.Key : $"{path}.{entry.Key}",
        $"there is no key '{entry.Key}' here",
        Suggestion.Fix(entry.Key, known),
        entry.KeyPosition);

    private void Report(string code, Node node, string path, string summary, string fix, NodePosition? at = null) => _problems.Add(new Diagnostic
    {
        Code = code,
        Summary = summary,
        Place = at is { } position ? new SourcePlace(_file, position.Line, position.Column, path) : node.PlaceIn(_file, path),
        Fix = fix,
    });
}
