using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Loading;

/// <summary>What a root takes up: kustomizations and objects, with the names that prefixes and suffixes give these.</summary>
internal sealed class RootReach
{
    private readonly ManifestSet _set;
    private readonly Func<string, bool> _exists;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<Kustomization> _kustomizations = [];
    private readonly List<(ManifestObject Object, string FullName)> _objects = [];
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>Follows a root.</summary>
    /// <param name="set">All that was read.</param>
    /// <param name="root">The root.</param>
    /// <param name="exists">Says whether a path below the directory is a file.</param>
    public RootReach(ManifestSet set, Kustomization root, Func<string, bool> exists)
    {
        _set = set;
        _exists = exists;
        Root = root;
        Follow(root, "", "");
    }

    public Kustomization Root { get; }

    public IReadOnlyList<Kustomization> Kustomizations => _kustomizations;

    public IReadOnlyList<(ManifestObject Object, string FullName)> Objects => _objects;

    /// <summary>True when something it takes up lies elsewhere and would have to be fetched.</summary>
    public bool IsRemote => _kustomizations.Exists(kustomization => kustomization.Resources.Any(resource => Kustomization.IsRemote(resource.Entry)));

    /// <summary>True when generators of others, or charts, make objects that nobody sees before the build.</summary>
    public bool HasPlugins => _kustomizations.Exists(kustomization => kustomization.Node.Has("generators") || kustomization.Node.Has("helmCharts"));

    /// <summary>A file that it takes up and that cannot be read; null when all can.</summary>
    public string? Unreadable => _files.FirstOrDefault(_set.Unreadable.Contains);

    /// <summary>True when another root is only a part of this one: what is wrong with it alone may be put right here.</summary>
    public bool Contains(RootReach other) => _kustomizations.Contains(other.Root) && !other._kustomizations.Contains(Root);

    /// <summary>The files that it takes up, as resources or as patches.</summary>
    public IEnumerable<string> Files => _files;

    /// <summary>The names of the objects in a file.</summary>
    public IEnumerable<string> NamesIn(string? path) => (path is null ? null : _set.Find(path))?.Objects.Select(item => item.Name) ?? [];

    public bool Exists(string path) => _exists(path);

    /// <summary>The object in a file that a built object was made from, or null.</summary>
    public ManifestObject? OriginOf(ManifestObject built)
    {
        ManifestObject? found = null;
        foreach (var (item, name) in _objects)
        {
            if (item.Kind != built.Kind || item.Group != built.Group || (name != built.Name && item.Name != built.Name)) continue;
            if (name == built.Name && (item.Namespace is null || item.Namespace == built.Namespace)) return item;
            found ??= item;
        }

        return found;
    }

    /// <summary>The objects without a build: as they stand, in the root's namespace, with those that generators make.</summary>
    public IReadOnlyList<ManifestObject> Unbuilt()
    {
        var space = _kustomizations.Select(kustomization => kustomization.Namespace).FirstOrDefault(name => name is not null);
        var objects = _objects.Select(entry => space is null || entry.Object.Kind is "Namespace" ? entry.Object : new ManifestObject(entry.Object.File, entry.Object.Node, entry.Object.Path) { Namespace = space });
        return [.. objects, .. _kustomizations.SelectMany(Generated)];
    }

    private static IEnumerable<ManifestObject> Generated(Kustomization kustomization)
    {
        foreach (var (generator, path) in kustomization.Generators)
        {
            var isSecret = path.ToString().StartsWith("secret", StringComparison.Ordinal);
            var data = new MappingNode();
            foreach (var literal in (generator.Sequence("literals") ?? []).OfType<ScalarNode>())
                data[literal.Text.Split('=')[0]] = ScalarNode.Of("generated");
            foreach (var file in (generator.Sequence("files") ?? []).OfType<ScalarNode>())
                data[file.Text.Contains('=', StringComparison.Ordinal) ? file.Text.Split('=')[0] : file.Text[(file.Text.LastIndexOf('/') + 1)..]] = ScalarNode.Of("generated");
            var annotations = new MappingNode();
            if (generator.Has("envs") || generator.Has("env") || generator.Text("behavior") == "merge") annotations.Add(References.KeySource.OpenKeys, "open");
            var metadata = new MappingNode().Add("name", generator.Text("name") ?? "").Add("annotations", annotations);
            var node = new MappingNode().Add("apiVersion", "v1").Add("kind", isSecret ? "Secret" : "ConfigMap").Add("metadata", metadata).Add("data", data);
            yield return new ManifestObject(kustomization.File, node, NodePath.Root) { IsBuilt = true };
        }
    }

    private void Follow(Kustomization kustomization, string prefix, string suffix)
    {
        if (!_folders.Add(kustomization.Folder)) return;
        _kustomizations.Add(kustomization);
        prefix += kustomization.NamePrefix;
        suffix = kustomization.NameSuffix + suffix;
        _files.UnionWith(kustomization.PatchFiles.Select(patch => kustomization.Resolve(patch.Entry)).OfType<string>());
        foreach (var (entry, _) in kustomization.Resources)
        {
            if (kustomization.Resolve(entry) is not { } path) continue;
            if (_set.Kustomizations.TryGetValue(path, out var below)) Follow(below, prefix, suffix);
            else if (_set.Find(path) is { } file)
            {
                _files.Add(path);
                _objects.AddRange(file.Objects.Select(item => (item, $"{prefix}{item.Name}{suffix}")));
            }
        }
    }
}
