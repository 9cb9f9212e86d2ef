namespace Slipway.Kubernetes.Formats;

/// <summary>The formats of names, labels and keys (RFC 1123 and the API's conventions).</summary>
internal static class Names
{
    /// <summary>A DNS label: lower case letters, digits and '-', at most 63, starting and ending with a letter or digit.</summary>
    public static bool IsLabel(string text) => text.Length is > 0 and <= 63 && IsLabelBody(text);

    /// <summary>A DNS subdomain: labels of any length joined by dots, at most 253.</summary>
    public static bool IsSubdomain(string text) => text.Length is > 0 and <= 253 && text.Split('.').All(IsLabelBody);

    /// <summary>The name of a port: at most 15 of lower case letters, digits and '-', with a letter, without '-' at an end or twice.</summary>
    public static bool IsPortName(string text) =>
        text.Length is > 0 and <= 15 && IsLabelBody(text) && text.Any(char.IsAsciiLetterLower) && !text.Contains("--", StringComparison.Ordinal);

    /// <summary>The value of a label: empty, or at most 63 of letters, digits, '-', '_' and '.', starting and ending with a letter or digit.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || (text.Length <= 63 && IsQualified(text));

    /// <summary>The key of a label or annotation: an optional subdomain with '/', and a name like a label's value.</summary>
    public static bool IsLabelKey(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && !IsSubdomain(text[..slash])) return false;
        var name = text[(slash + 1)..];
        return name.Length is > 0 and <= 63 && IsQualified(name);
    }

    /// <summary>The key of a ConfigMap or Secret: letters, digits, '-', '_' and '.', at most 253.</summary>
    public static bool IsDataKey(string text) =>
        text.Length is > 0 and <= 253 && text is not ("." or "..") && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>The name of a role or binding: anything that can be part of a URL's path.</summary>
    public static bool IsPathSegment(string text) => text.Length > 0 && text is not ("." or "..") && text.AsSpan().IndexOfAny('/', '%') < 0;

    private static bool IsLabelBody(string text) =>
        text.Length > 0 && text[0] != '-' && text[^1] != '-' && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static bool IsQualified(string text) =>
        char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
