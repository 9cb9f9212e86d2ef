using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Validation.Loading;

/// <summary>Everything of the directory that the ladder looks at, read once.</summary>
/// <param name="Files">The files, in order of path.</param>
/// <param name="Kustomizations">The kustomizations by their folder, relative to the directory; empty for the directory itself.</param>
/// <param name="Problems">What the YAML rung found.</param>
internal sealed record ManifestSet(
    IReadOnlyList<ManifestFile> Files,
    IReadOnlyDictionary<string, Kustomization> Kustomizations,
    IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>The objects of all manifests, in order of file.</summary>
    public IEnumerable<ManifestObject> Objects => Files.Where(file => file.Role == FileRole.Manifest).SelectMany(file => file.Objects);

    /// <summary>The kustomizations that can be built by themselves, in order of folder.</summary>
    public IEnumerable<Kustomization> Roots =>
        Kustomizations.Values.Where(kustomization => !kustomization.IsComponent).OrderBy(kustomization => kustomization.Folder, StringComparer.Ordinal);

    private Dictionary<string, ManifestFile> ByPath { get; } = Files.ToDictionary(file => file.Path, StringComparer.Ordinal);

    /// <summary>The files that cannot be read as YAML.</summary>
    public IReadOnlySet<string> Unreadable { get; } =
        Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Place?.File).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>False when a kustomization is among the unreadable files, so that nobody knows what takes up what.</summary>
    public bool RootsAreReadable => !Unreadable.Any(ManifestLoader.IsKustomization);

    /// <summary>The kustomizations that others build.</summary>
    public IEnumerable<Kustomization> Components => Kustomizations.Values.Where(kustomization => kustomization.IsComponent);

    public ManifestFile? Find(string path) => ByPath.GetValueOrDefault(path);
}
