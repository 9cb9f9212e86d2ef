using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Items;

/// <summary>Everything that can be generated for a platform.</summary>
internal static class KnownItems
{
    private static readonly IReadOnlyList<IItemSource> Sources = [new BaseItems(), new RepositoryItems()];

    /// <summary>The items of all sources, ordered by level, and by source within a level. Folders come first of those that fill them.</summary>
    public static IReadOnlyList<GenerationItem> For(PlatformModel model)
    {
        var items = new List<GenerationItem>();
        foreach (var source in Sources) items.AddRange(source.ItemsFor(model, items.ToList()));
        var folders = items.SelectMany(TopFolders).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(DirectoryItem);
        return [.. folders.Concat(items.Select(WithFolders)).OrderBy(item => PlanLevels.Rank(item.Level))];
    }

    private static IEnumerable<string> TopFolders(GenerationItem item) =>
        item.Paths.Where(path => path.Contains('/', StringComparison.Ordinal)).Select(path => path[..path.IndexOf('/', StringComparison.Ordinal)]);

    private static GenerationItem WithFolders(GenerationItem item) => item with
    {
        Needs = [.. item.Needs, .. TopFolders(item).Distinct(StringComparer.Ordinal).Select(folder =>
            new ItemNeed($"directories/{folder}", "its file is written there", Optional: true))],
    };

    private static GenerationItem DirectoryItem(string folder) => new()
    {
        Id = $"directories/{folder}",
        Entry = $"{folder}/",
        Level = PlanLevels.Directories,
        Tool = "create_directory_structure",
        Paths = [$"{folder}/"],
        Summary = $"The folder {folder}",
        IsStructure = true,
    };
}
