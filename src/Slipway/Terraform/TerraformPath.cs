using System.Globalization;
using System.Text;

namespace Slipway.Terraform;

/// <summary>
/// A path to a value inside an output: <c>rds.endpoint</c>, <c>endpoints[0].host</c>, <c>repository_urls["demo/web-ui"]</c>; a leading
/// <c>output.</c> is allowed. A label and a colon before it (<c>infra/rds:endpoint</c>) name one of several Terraform sources.
/// </summary>
/// <param name="Source">The label of the source, or null for any.</param>
/// <param name="Segments">The steps; the first is the output's name.</param>
public sealed record TerraformPath(string? Source, IReadOnlyList<TerraformPathSegment> Segments)
{
    private const string Prefix = "output.";

    /// <summary>Reads a path.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong with it and at which character, or null.</param>
    /// <returns>The path, or null with a problem.</returns>
    public static TerraformPath? Parse(string text, out string? problem)
    {
        var (source, start) = SplitSource(text);
        if (text.AsSpan(start).StartsWith(Prefix, StringComparison.Ordinal)) start += Prefix.Length;
        var segments = new List<TerraformPathSegment>();
        var at = start;
        while (at < text.Length)
        {
            var first = segments.Count == 0;
            problem = text[at] switch
            {
                '[' when !first => ReadBracket(text, ref at, segments),
                '.' when !first => ReadName(text, at + 1, ref at, segments),
                _ when first => ReadName(text, at, ref at, segments),
                _ => $"'{text[at]}' at character {at + 1} is not expected",
            };
            if (problem is not null) return null;
        }

        problem = segments.Count == 0 ? "the path is empty" : null;
        return problem is null ? new TerraformPath(source, segments) : null;
    }

    /// <summary>Appends a member's name to an address, quoted when it needs to be.</summary>
    public static string Append(string address, string member) =>
        IsPlain(member) ? $"{address}.{member}" : $"{address}[\"{Escape(member)}\"]";

    /// <summary>Appends an index to an address.</summary>
    public static string Append(string address, int index) => string.Create(CultureInfo.InvariantCulture, $"{address}[{index}]");

    /// <summary>The path without its source, such as <c>output.rds.endpoint</c>.</summary>
    public override string ToString()
    {
        var address = "output";
        foreach (var segment in Segments)
            address = segment.Index is { } index ? Append(address, index) : Append(address, segment.Name);
        return address;
    }

    private static (string? Source, int Start) SplitSource(string text)
    {
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        var colon = (bracket < 0 ? text : text[..bracket]).LastIndexOf(':');
        return colon > 0 ? (text[..colon], colon + 1) : (null, 0);
    }

    private static string? ReadName(string text, int from, ref int at, List<TerraformPathSegment> segments)
    {
        var end = from;
        while (end < text.Length && IsNameCharacter(text[end])) end++;
        if (end == from)
            return from >= text.Length ? "a name is missing at the end" : $"a name is missing at character {from + 1}";
        at = end;
        var name = text[from..end];
        segments.Add(new TerraformPathSegment(name, segments.Count > 0 ? IndexOf(name) : null));
        return null;
    }

    private static string? ReadBracket(string text, ref int at, List<TerraformPathSegment> segments)
    {
        if (at + 1 < text.Length && text[at + 1] == '"') return ReadQuoted(text, ref at, segments);
        var end = text.IndexOf(']', at);
        if (end < 0) return $"the '[' at character {at + 1} is not closed";
        var name = text[(at + 1)..end];
        if (IndexOf(name) is not { } index) return $"'{name}' at character {at + 2} is neither an index nor a quoted name";
        segments.Add(new TerraformPathSegment(name, index));
        at = end + 1;
        return null;
    }

    private static string? ReadQuoted(string text, ref int at, List<TerraformPathSegment> segments)
    {
        var name = new StringBuilder();
        for (var end = at + 2; end < text.Length; end++)
        {
            switch (text[end])
            {
                case '\\' when end + 1 < text.Length:
                    name.Append(text[++end]);
                    break;
                case '"' when end + 1 < text.Length && text[end + 1] == ']':
                    segments.Add(new TerraformPathSegment(name.ToString(), null));
                    at = end + 2;
                    return null;
                case '"':
                    return $"a ']' is missing at character {end + 2}";
                default:
                    name.Append(text[end]);
                    break;
            }
        }

        return $"the quote at character {at + 2} is not closed";
    }

    private static int? IndexOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    private static bool IsPlain(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(IsNameCharacter);

    private static string Escape(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
