using Slipway.Documents;

namespace Slipway.Kubernetes.Validation;

/// <summary>An API object, as it stands in a file or as a root builds it.</summary>
internal sealed class ManifestObject
{
    public ManifestObject(ManifestFile file, MappingNode node, NodePath path)
    {
        File = file;
        Node = node;
        Path = path;
        ApiVersion = node.Text("apiVersion") ?? "";
        Kind = node.Text("kind") ?? "";
        var metadata = node.Mapping("metadata");
        Name = metadata?.Text("name") ?? "";
        Namespace = metadata?.Text("namespace");
    }

    /// <summary>The file it stands in; for a built object that of its root.</summary>
    public ManifestFile File { get; }

    public MappingNode Node { get; }

    /// <summary>The way to it in its document: the root, or an item of a List.</summary>
    public NodePath Path { get; }

    public string ApiVersion { get; }

    public string Kind { get; }

    public string Name { get; }

    /// <summary>The namespace it names; null when it names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>For a built object, the one in a file that it was made from; null when none was found.</summary>
    public ManifestObject? Origin { get; init; }

    /// <summary>True when it came out of a build.</summary>
    public bool IsBuilt { get; init; }

    public string Group => Schemas.ApiGroups.GroupOf(ApiVersion);

    public MappingNode? Spec => Node.Mapping("spec");

    public override string ToString() => $"{Kind} '{Name}'";
}
