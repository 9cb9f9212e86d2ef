using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Loading;

/// <summary>A kustomization file, as far as the ladder needs to understand it.</summary>
internal sealed class Kustomization(ManifestFile file, MappingNode node)
{
    public ManifestFile File { get; } = file;

    public MappingNode Node { get; } = node;

    /// <summary>The folder it lies in, relative to the directory; empty for the directory itself.</summary>
    public string Folder => File.Folder;

    /// <summary>How the root is called in reports.</summary>
    public string Name => Folder.Length == 0 ? "." : Folder;

    public bool IsComponent => Node.Text("kind") == "Component";

    public string? Namespace => Node.Text("namespace");

    public string NamePrefix => Node.Text("namePrefix") ?? "";

    public string NameSuffix => Node.Text("nameSuffix") ?? "";

    /// <summary>Files and folders whose objects it takes up, with the way to the entry.</summary>
    public IEnumerable<(string Entry, NodePath Path)> Resources =>
        Texts("resources").Concat(Texts("bases")).Concat(Texts("components"));

    /// <summary>Files with patches.</summary>
    public IEnumerable<(string Entry, NodePath Path)> PatchFiles
    {
        get
        {
            foreach (var key in (string[])["patches", "patchesJson6902", "replacements"])
            {
                foreach (var (patch, path) in Mappings(key))
                {
                    if (patch.Text("path") is { } entry) yield return (entry, path["path"]);
                }
            }

            foreach (var (entry, path) in Texts("patchesStrategicMerge"))
            {
                if (!entry.Contains('\n', StringComparison.Ordinal)) yield return (entry, path);
            }
        }
    }

    /// <summary>Files that generators read. An entry may name its key: <c>key=file</c>.</summary>
    public IEnumerable<(string Entry, NodePath Path)> GeneratorFiles
    {
        get
        {
            foreach (var (generator, path) in Generators)
            {
                foreach (var list in (string[])["files", "envs"])
                {
                    var items = generator.Sequence(list) ?? [];
                    for (var at = 0; at < items.Count; at++)
                    {
                        if (items[at] is ScalarNode { Text: var text }) yield return (list == "files" ? text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..] : text, path[list][at]);
                    }
                }
            }
        }
    }

    public IEnumerable<(MappingNode Generator, NodePath Path)> Generators => Mappings("configMapGenerator").Concat(Mappings("secretGenerator"));

    /// <summary>The images that the transformer gives a tag or digest.</summary>
    public IEnumerable<string> PinnedImages =>
        Mappings("images").Where(image => image.Node.Has("newTag") || image.Node.Has("digest")).Select(image => image.Node.Text("name")).OfType<string>();

    /// <summary>True for an entry that is fetched from elsewhere.</summary>
    public static bool IsRemote(string entry) =>
        entry.Contains("://", StringComparison.Ordinal) || entry.StartsWith("git@", StringComparison.Ordinal)
        || entry.Contains("?ref=", StringComparison.Ordinal) || entry.StartsWith("github.com/", StringComparison.Ordinal);

    /// <summary>The path of an entry relative to the directory under validation, or null when it leads out of it.</summary>
    public string? Resolve(string entry)
    {
        var parts = new List<string>(Folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in entry.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) return null;
            else parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    private IEnumerable<(string Entry, NodePath Path)> Texts(string key)
    {
        var items = Node.Sequence(key) ?? [];
        for (var at = 0; at < items.Count; at++)
        {
            if (items[at] is ScalarNode { Kind: ScalarKind.String } scalar) yield return (scalar.Text, NodePath.Root[key][at]);
        }
    }

    private IEnumerable<(MappingNode Node, NodePath Path)> Mappings(string key)
    {
        var items = Node.Sequence(key) ?? [];
        for (var at = 0; at < items.Count; at++)
        {
            if (items[at] is MappingNode mapping) yield return (mapping, NodePath.Root[key][at]);
        }
    }
}
