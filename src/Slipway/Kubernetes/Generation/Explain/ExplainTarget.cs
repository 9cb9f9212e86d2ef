using System.Globalization;

namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>
/// What a person asks about: <c>FILE</c>, <c>FILE:LINE</c>, <c>FILE:path</c>, <c>FILE:[2].path</c> (a document by its place, from 0) or
/// <c>FILE:Kind/name:path</c>. A path without a document means that path in every document.
/// </summary>
internal sealed record ExplainTarget(string File, int? Line, int? DocumentIndex, string? DocumentName, string Path)
{
    /// <summary>Reads it.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="root">The repository's root; a path below it is taken as relative to it.</param>
    public static ExplainTarget Parse(string text, string root)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var file = Normalize(colon < 0 ? text : text[..colon], root);
        var rest = colon < 0 ? "" : text[(colon + 1)..];
        if (int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var line)) return new ExplainTarget(file, line, null, null, "");
        if (rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is var end and > 1
            && int.TryParse(rest.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return new ExplainTarget(file, null, index, null, rest[(end + 1)..].TrimStart('.', ':'));
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var next = rest.IndexOf(':', StringComparison.Ordinal);
        var isDocument = slash > 0 && rest.AsSpan(0, slash).IndexOfAny('.', '[', '"') < 0 && (next < 0 || slash < next);
        if (!isDocument) return new ExplainTarget(file, null, null, null, rest);
        return new ExplainTarget(file, null, null, next < 0 ? rest : rest[..next], next < 0 ? "" : rest[(next + 1)..]);
    }

    /// <summary>True for a value at or below the path.</summary>
    public bool Matches(string path) =>
        Path.Length == 0
        || (path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] is '.' or '['));

    private static string Normalize(string file, string root)
    {
        var plain = file.Replace('\\', '/');
        var above = root.Replace('\\', '/').TrimEnd('/');
        if (above.Length > 0 && plain.StartsWith($"{above}/", StringComparison.Ordinal)) plain = plain[(above.Length + 1)..];
        return plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain;
    }
}
