using Slipway.Platform;

namespace Slipway.Context;

/// <summary>Images as one text: <c>repository:tag@digest</c>.</summary>
internal static class ImageAddress
{
    /// <summary>The key of a service's image: its name in snake case.</summary>
    public static string KeyOf(string service) => service.Replace('-', '_');

    /// <summary>The image of a workload of a finished model.</summary>
    public static Value<string> Of(Workload workload)
    {
        var image = workload.Image;
        if (!image.Repository.TryGet(out var address)) return image.Repository;
        if (image.Tag is { } tag)
        {
            if (!tag.TryGet(out var text)) return tag;
            address = $"{address}:{text}";
        }

        if (image.Digest is { } digest)
        {
            if (!digest.TryGet(out var text)) return digest;
            address = $"{address}@{text}";
        }

        var origin = $"{image.Repository.Source.Origin} and {(image.Tag ?? image.Digest)?.Source.Origin ?? "no tag"}";
        return Value.Known(address, new Provenance(ProvenanceKind.Derived, origin, (image.Tag ?? image.Digest)?.Source.Place));
    }

    /// <summary>Reads an image that was written by hand into <c>template-variables.yaml</c>.</summary>
    /// <returns>The image, or null when it has neither tag nor digest, or an empty part.</returns>
    public static ImageReference? Parse(string text, Value<string> name, Provenance source)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : text[(at + 1)..];
        var address = at < 0 ? text : text[..at];
        var colon = address.LastIndexOf(':');
        var tag = colon > address.LastIndexOf('/') ? address[(colon + 1)..] : null;
        var repository = tag is null ? address : address[..colon];
        if (repository.Length == 0 || (tag is null && digest is null) || tag is "" or "latest" || digest is "") return null;
        return new ImageReference(
            name,
            Value.Known(repository, source),
            FromRegistry: false,
            tag is null ? null : Value.Known(tag, source),
            digest is null ? null : Value.Known(digest, source));
    }
}
