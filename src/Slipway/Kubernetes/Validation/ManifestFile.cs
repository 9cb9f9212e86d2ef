using Slipway.Documents;

namespace Slipway.Kubernetes.Validation;

/// <summary>A file of the directory under validation.</summary>
/// <param name="Path">Relative to the directory, with forward slashes.</param>
/// <param name="Documents">What it holds; empty when it cannot be read.</param>
internal sealed record ManifestFile(string Path, IReadOnlyList<Document> Documents)
{
    public FileRole Role { get; set; }

    /// <summary>The folder it lies in, relative to the directory; empty for the directory itself.</summary>
    public string Folder => Path.LastIndexOf('/') is var slash and >= 0 ? Path[..slash] : "";

    public List<ManifestObject> Objects { get; } = [];
}
