using System.Buffers;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Reads repositories: a map from any key to a URL or to an object with one, a list of URLs or names, a single URL.</summary>
internal static class RepositoryShapes
{
    private static readonly SearchValues<char> NeverInUrl = SearchValues.Create(" \t\r\n\"'");

    private static readonly string[] UrlAttributes = ["repository_url", "url", "repository_uri", "uri"];

    public static ShapeReading Read(TerraformValue value)
    {
        var whole = value.Inner ?? value;
        IReadOnlyList<TerraformValue>? items = whole.Kind switch
        {
            TerraformValueKind.List => whole.Items,
            TerraformValueKind.Object when UrlOf(whole) is { } url => [url],
            TerraformValueKind.Object => [.. whole.Members.Select(member => member.Value)],
            TerraformValueKind.String => [whole],
            _ => null,
        };
        if (items is null || items.Count == 0) return Wrong(value, value.Describe());

        var repositories = new List<(string, string?, TerraformValue?)>();
        foreach (var item in items)
        {
            var text = item.Kind == TerraformValueKind.Object ? UrlOf(item) : item;
            if (text is not { Kind: TerraformValueKind.String } || Split(text.Text) is not { } repository) return Wrong(value, $"a collection with {item.Describe()}");
            repositories.Add((repository.Name, repository.Url, text));
        }

        return Of(repositories);
    }

    public static ShapeReading? Read(string text) => Split(text) is { } repository ? Of([(repository.Name, repository.Url, null)]) : null;

    private static ShapeReading Of(List<(string Name, string? Url, TerraformValue? Source)> repositories)
    {
        repositories.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return new ShapeReading(string.Join(',', repositories.Select(repository => repository.Url ?? repository.Name))) { Repositories = repositories };
    }

    private static ShapeReading Wrong(TerraformValue value, string what) =>
        ShapeReading.Wrong($"is {(value.IsSensitive ? "sensitive" : what)} where {FactShapes.Describe(FactShape.Repositories)} is expected");

    private static TerraformValue? UrlOf(TerraformValue value) =>
        UrlAttributes.Select(value.Member).FirstOrDefault(member => member is { Kind: TerraformValueKind.String });

    private static (string Name, string? Url)? Split(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var url = (scheme < 0 ? text : text[(scheme + 3)..]).Trim().TrimEnd('/');
        if (url.Length == 0 || url.AsSpan().IndexOfAny(NeverInUrl) >= 0) return null;
        var slash = url.IndexOf('/', StringComparison.Ordinal);
        var hasHost = slash > 0 && url[..slash].Any(character => character is '.' or ':');
        return hasHost ? (url[(slash + 1)..], url) : (url, null);
    }
}
