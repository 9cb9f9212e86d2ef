namespace Slipway.Templates;

/// <summary>
/// The comment at a built-in template's beginning: what it makes, and a line for each value (<c>name</c>, <c>tag?</c> for one that may be
/// absent, <c>ports[]</c> for a list, <c>labels{}</c> for a mapping with free keys, <c>ports[].name</c> for a field).
/// </summary>
internal static class TemplateHead
{
    private const string Opening = "{{!--";

    /// <summary>Reads the head.</summary>
    /// <returns>What the template makes, and its values; nothing when there is no head.</returns>
    public static (string Makes, ValueShape Values, IReadOnlyList<ValueShape> Listed) Read(string text)
    {
        var root = new ValueShape("", "", false);
        var listed = new List<ValueShape>();
        var makes = "";
        var end = text.IndexOf("--}}", StringComparison.Ordinal);
        if (!text.StartsWith(Opening, StringComparison.Ordinal) || end < 0) return (makes, root, listed);

        var inValues = false;
        foreach (var raw in text[Opening.Length..end].Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith("Makes: ", StringComparison.Ordinal)) makes = line["Makes: ".Length..];
            else if (line == "Values:") inValues = true;
            else if (inValues && line.Length > 0) listed.Add(Add(root, line));
        }

        return (makes, root, listed);
    }

    private static ValueShape Add(ValueShape root, string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var path = space < 0 ? line : line[..space];
        var optional = path.EndsWith('?');
        if (optional) path = path[..^1];

        var shape = root;
        var soFar = "";
        foreach (var segment in path.Split('.'))
        {
            var isList = segment.EndsWith("[]", StringComparison.Ordinal);
            var isMap = segment.EndsWith("{}", StringComparison.Ordinal);
            soFar = soFar.Length == 0 ? segment : $"{soFar}.{segment}";
            var owner = shape.Element ?? shape;
            shape = owner.GetOrAdd(isList || isMap ? segment[..^2] : segment, soFar);
            if (!isList && !isMap) continue;
            shape.Element ??= new ValueShape(soFar, "", false);
            shape.IsMap = isMap;
        }

        shape.Description = space < 0 ? "" : line[space..].Trim();
        shape.IsOptional = optional;
        return shape;
    }
}
