using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>Objects that are applied together: what a root builds, or the files that no kustomization takes up.</summary>
internal sealed class Scope
{
    private readonly Dictionary<(string Kind, string Name), List<ManifestObject>> _byName = [];
    private readonly IReadOnlyList<ManifestObject> _elsewhere;

    /// <summary>Makes a scope.</summary>
    /// <param name="name">The root's name, or empty for loose files.</param>
    /// <param name="objects">Its objects.</param>
    /// <param name="elsewhere">Every object of the directory, for what a cluster shares between roots.</param>
    public Scope(string name, IReadOnlyList<ManifestObject> objects, IReadOnlyList<ManifestObject> elsewhere)
    {
        Name = name;
        Objects = objects;
        _elsewhere = elsewhere;
        foreach (var item in objects)
        {
            if (!_byName.TryGetValue((item.Kind, item.Name), out var list)) _byName[(item.Kind, item.Name)] = list = [];
            list.Add(item);
        }

        Pods = [.. objects.Select(PodTemplate.Of).OfType<PodTemplate>()];
    }

    public string Name { get; }

    public IReadOnlyList<ManifestObject> Objects { get; }

    public IReadOnlyList<PodTemplate> Pods { get; }

    /// <summary>Images that a transformer pins although the objects, which were not built, do not show it.</summary>
    public IReadOnlySet<string> PinnedImages { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public IEnumerable<ManifestObject> OfKind(string kind) => Objects.Where(item => item.Kind == kind);

    /// <summary>The objects of a kind anywhere in the directory.</summary>
    public IEnumerable<ManifestObject> Elsewhere(string kind) => _elsewhere.Where(item => item.Kind == kind);

    /// <summary>An object of a kind and name in a namespace.</summary>
    public ManifestObject? Find(string kind, string name, string? space) =>
        _byName.GetValueOrDefault((kind, name))?.Find(item => SameNamespace(item.Namespace, space));

    /// <summary>An object of a kind and name, in this scope or anywhere in the directory.</summary>
    public ManifestObject? FindAnywhere(string kind, string name) =>
        _byName.GetValueOrDefault((kind, name))?[0] ?? _elsewhere.FirstOrDefault(item => item.Kind == kind && item.Name == name);

    /// <summary>The pods in a namespace that a predicate on labels holds for.</summary>
    public IEnumerable<PodTemplate> PodsWhere(string? space, Func<MappingNode, bool> predicate) =>
        Pods.Where(pod => SameNamespace(pod.Owner.Namespace, space) && predicate(pod.Labels));

    /// <summary>True when two objects end up in one namespace. One that names none goes wherever it is applied to.</summary>
    public static bool SameNamespace(string? left, string? right) => left is null || right is null || left == right;
}
