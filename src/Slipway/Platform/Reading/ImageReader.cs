using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>
/// Reads <c>image</c>: a mapping, or text such as <c>docker.io/library/nginx:1.27.3</c>. A repository whose first part has a dot or a colon
/// is a full one (Docker's own rule); any other is looked up in the registry that Terraform made.
/// </summary>
internal static class ImageReader
{
    /// <summary>The tag that is refused, since it names another image every day.</summary>
    public const string FloatingTag = "latest";

    /// <summary>Reads the image of a workload; a default repository is the workload's name in the registry.</summary>
    public static ImageReference Read(MappingReader service, string workload)
    {
        if (service.Get("image") is ScalarNode { Kind: ScalarKind.String } text) return ReadText(service, text, workload);
        var name = Value.Default(workload, $"image of {workload}");
        var repository = name;
        if (service.Mapping("image", InventoryFields.Image) is not { } image)
        {
            if (!service.Has("image")) service.ReportMissing("image", "add 'image: {tag: 1.0.0}' with the version to run");
            return new ImageReference(name, repository, true, null, null);
        }

        var tag = image.Text("tag", NameRules.ImageTag);
        var digest = image.Text("digest", NameRules.ImageDigest);
        if (!image.Has("tag") && !image.Has("digest"))
            image.Report(InventoryCodes.FloatingImage, "tag", $"the image of '{workload}' has neither tag nor digest", "add 'tag:' with the version to run");
        if (tag?.TryGet(out var given) == true) RefuseFloating(service, given, image.PathOf("tag"), image.Node["tag"]!);
        repository = image.Text("repository", NameRules.Repository) ?? repository;
        return new ImageReference(
            image.Text("name", NameRules.Repository) ?? name,
            repository,
            !(repository.TryGet(out var path) && IsFull(path)),
            tag,
            digest);
    }

    /// <summary>True when a repository names its registry.</summary>
    public static bool IsFull(string repository) =>
        repository.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && repository[..slash] is var host && (host.AsSpan().IndexOfAny('.', ':') >= 0 || host == "localhost");

    private static ImageReference ReadText(MappingReader service, ScalarNode node, string workload)
    {
        var path = service.PathOf("image");
        var source = service.Scope.SourceOf(node, path);
        var rest = node.Text;
        string? digest = null;
        if (rest.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            digest = rest[(at + 1)..];
            rest = rest[..at];
        }

        string? tag = null;
        if (rest.LastIndexOf(':') is >= 0 and var colon && rest.IndexOf('/', colon) < 0)
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
        }

        Judge(NameRules.Repository(rest), rest);
        if (tag is not null) Judge(NameRules.ImageTag(tag), tag);
        if (digest is not null) Judge(NameRules.ImageDigest(digest), digest);
        if (tag is null && digest is null)
            service.Scope.Report(InventoryCodes.FloatingImage, node, path, $"the image of '{workload}' has neither tag nor digest", $"write {rest}:1.0.0 with the version to run");
        if (tag is not null) RefuseFloating(service, tag, path, node);
        return new ImageReference(
            Value.Default(workload, $"image of {workload}"),
            Value.Known(rest, source),
            !IsFull(rest),
            tag is null ? null : Value.Known(tag, source),
            digest is null ? null : Value.Known(digest, source));

        void Judge(string? complaint, string part)
        {
            if (complaint is not null) service.Scope.Report(service.Scope.Codes.BadValue, node, path, $"'{part}' {complaint}");
        }
    }

    private static void RefuseFloating(MappingReader service, string tag, string path, Node at)
    {
        if (tag == FloatingTag)
            service.Scope.Report(InventoryCodes.FloatingImage, at, path, "the tag 'latest' names another image every day", "name the version to run");
    }
}
