using Slipway.Kubernetes.Validation.Loading;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>What can be said of a root before it is built: entries that are not there, objects that stand twice.</summary>
internal sealed class RootContents(ManifestSet set, FindingList findings)
{
    /// <summary>Checks a root.</summary>
    /// <returns>False when it cannot be built for what was found.</returns>
    public bool Check(RootReach reach)
    {
        var sound = true;
        if (!reach.IsRemote && reach.Unreadable is null && !reach.HasPlugins) new TargetCheck(reach, findings).Check(reach.Root);
        foreach (var kustomization in reach.Kustomizations)
        {
            foreach (var (entry, path) in kustomization.Resources.Concat(kustomization.PatchFiles).Concat(kustomization.GeneratorFiles))
            {
                if (Kustomization.IsRemote(entry) || kustomization.Resolve(entry) is not { } resolved) continue;
                if (findings.Check(set.Kustomizations.ContainsKey(resolved) || reach.Exists(resolved))) continue;
                sound = false;
                findings.Error(
                    Codes.KustomizationEntryMissing,
                    kustomization.File.Objects[0],
                    path,
                    $"'{entry}' is neither a file nor a folder with a kustomization",
                    "correct the entry, or remove it");
            }
        }

        return CheckDuplicates(reach.Objects.Select(entry => (entry.Object, entry.FullName))) && sound;
    }

    /// <summary>Reports objects that have the same kind, namespace and name.</summary>
    /// <param name="objects">The objects, with the names they will have.</param>
    /// <param name="loose">True when no kustomization takes them up, so that those of different folders need not be applied together.</param>
    public bool CheckDuplicates(IEnumerable<(ManifestObject Object, string Name)> objects, bool loose = false)
    {
        var seen = new Dictionary<(string, string, string?, string), ManifestObject>();
        var sound = true;
        foreach (var (item, name) in objects)
        {
            if (item.Name.Length == 0 || seen.TryAdd((item.Group, item.Kind, item.Namespace, name), item)) continue;
            findings.Count(1);
            var first = seen[(item.Group, item.Kind, item.Namespace, name)];
            if (first == item) continue;
            sound = false;
            if (loose && first.File.Folder != item.File.Folder)
                findings.Warning(Codes.DuplicateObject, item, NodePath.Of("metadata.name"), $"{item} stands in {first.File.Path} too", "apply only one of the two folders, or rename one of the two");
            else
                findings.Error(Codes.DuplicateObject, item, NodePath.Of("metadata.name"), $"{item} stands twice, first in {first.File.Path}", "remove or rename one of the two");
        }

        return sound;
    }
}
