using Slipway.Documents;
using Slipway.Kubernetes.Validation.Loading;

namespace Slipway.Kubernetes.Validation.Building;

/// <summary>Finds the line of a kustomization that a message of Kustomize is about.</summary>
internal static class BuildBlame
{
    /// <summary>The place that the message names best: an entry, a patch, a replacement; the root's kustomization when none is named.</summary>
    public static (Kustomization Kustomization, NodePath Path) Find(RootReach reach, string message)
    {
        var best = (reach.Root, NodePath.Root);
        var length = 0;
        foreach (var (kustomization, path, mark) in reach.Kustomizations.SelectMany(kustomization => Marks(reach, kustomization)))
        {
            if (mark.Length <= length || !message.Contains(mark, StringComparison.Ordinal)) continue;
            (best, length) = ((kustomization, path), mark.Length);
        }

        return best;
    }

    // What a message would say of each part; the longest that it does say wins, since one may be the start of another.
    private static IEnumerable<(Kustomization Kustomization, NodePath Path, string Mark)> Marks(RootReach reach, Kustomization kustomization)
    {
        foreach (var (entry, path) in kustomization.PatchFiles.Concat(kustomization.Resources).Concat(kustomization.GeneratorFiles))
            yield return (kustomization, path, entry);

        foreach (var (entry, path) in kustomization.PatchFiles)
        {
            foreach (var name in reach.NamesIn(kustomization.Resolve(entry))) yield return (kustomization, path, $"/{name}.");
        }

        foreach (var (patch, path) in Parts(kustomization, "patches"))
        {
            foreach (var line in (patch.Text("patch") ?? "").Split('\n', StringSplitOptions.TrimEntries))
            {
                if (line.StartsWith("path: ", StringComparison.Ordinal)) yield return (kustomization, path["patch"], line[6..].Trim('"', '\''));
                else if (line.StartsWith("name: ", StringComparison.Ordinal)) yield return (kustomization, path["patch"], $"/{line[6..].Trim('"', '\'')}.");
            }

            if (patch.Mapping("target")?.Text("name") is { } target) yield return (kustomization, path["target"], $"/{target}.");
        }

        foreach (var (replacement, path) in Parts(kustomization, "replacements"))
        {
            if (replacement.Mapping("source")?.Text("name") is { } source) yield return (kustomization, path["source"], $"/{source}.");
        }
    }

    private static IEnumerable<(MappingNode Node, NodePath Path)> Parts(Kustomization kustomization, string key)
    {
        var items = kustomization.Node.Sequence(key) ?? [];
        for (var at = 0; at < items.Count; at++)
        {
            if (items[at] is MappingNode mapping) yield return (mapping, NodePath.Root[key][at]);
        }
    }
}
