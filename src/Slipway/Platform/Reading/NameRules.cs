using System.Net;
using System.Text.RegularExpressions;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;

namespace Slipway.Platform.Reading;

/// <summary>What Kubernetes, Docker and AWS demand of names. Each rule is a <see cref="TextRule"/>.</summary>
internal static partial class NameRules
{
    private const int LongestSharedName = 180;

    /// <summary>A DNS label of RFC 1123, as most objects' names must be.</summary>
    public static string? DnsLabel(string text) =>
        Names.IsLabel(text)
            ? null
            : "is no DNS label (lower case letters, digits and '-', at most 63, a letter or digit at both ends)";

    /// <summary>A DNS label that starts with a letter (RFC 1035), as a Service's name must be.</summary>
    public static string? ServiceName(string text) =>
        DnsLabel(text) ?? (char.IsAsciiLetterLower(text[0]) ? null : "is no name for a service (it must start with a letter)");

    /// <summary>A DNS subdomain: labels with dots between them.</summary>
    public static string? DnsSubdomain(string text) =>
        Names.IsSubdomain(text)
            ? null
            : "is no DNS name (lower case letters, digits, '-' and '.', at most 253)";

    /// <summary>The name of a config map, secret or service account: a DNS subdomain that leaves room for a name prefix and names a file.</summary>
    public static string? SharedName(string text) =>
        DnsSubdomain(text) ?? (text.Length <= LongestSharedName ? null : $"is too long (at most {LongestSharedName} characters, so that a file and a prefix have room)");

    /// <summary>A host of an ingress: a DNS name, or all below one.</summary>
    public static string? HostName(string text) =>
        Names.IsSubdomain(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text)
            ? null
            : "is no host name (such as shop.example.com or *.example.com, in lower case)";

    /// <summary>A port's name: an IANA service name.</summary>
    public static string? PortName(string text) =>
        Names.IsPortName(text)
            ? null
            : "is no port name (lower case letters, digits and single '-', at most 15, at least one letter)";

    /// <summary>An environment variable's name.</summary>
    public static string? VariableName(string text) =>
        Variable().IsMatch(text) ? null : "is no name of an environment variable (letters, digits, '_', '-' and '.', not starting with a digit)";

    /// <summary>A key of a config map or secret.</summary>
    public static string? DataKey(string text) =>
        Names.IsDataKey(text) ? null : "is no key (letters, digits, '-', '_' and '.', at most 253)";

    /// <summary>The name of an RBAC object.</summary>
    public static string? RbacName(string text) =>
        Names.IsPathSegment(text) ? null : "is no name for a role or binding";

    /// <summary>An absolute path in a container.</summary>
    public static string? AbsolutePath(string text) =>
        text.StartsWith('/') && !text.Contains(':', StringComparison.Ordinal) && !text.Split('/').Contains("..")
            ? null
            : "is no absolute path without '..' and ':'";

    /// <summary>The path of a URL.</summary>
    public static string? UrlPath(string text) =>
        text.StartsWith('/') && text.AsSpan().IndexOfAny(" \t\r\n#") < 0 ? null : "is no URL path (it must start with '/' and hold neither blanks nor '#'; write a blank as %20)";

    /// <summary>An image's tag.</summary>
    public static string? ImageTag(string text) => Tag().IsMatch(text) ? null : "is no image tag (letters, digits, '_', '.' and '-', at most 128)";

    /// <summary>An image's digest.</summary>
    public static string? ImageDigest(string text) => Digest().IsMatch(text) ? null : "is no image digest (sha256: and 64 hex digits)";

    /// <summary>An image repository, with or without registry.</summary>
    public static string? Repository(string text) =>
        text.Length <= 255 && RepositoryPattern().IsMatch(text) ? null : "is no image repository (lower case, without tag and digest)";

    /// <summary>An annotation's key.</summary>
    public static string? AnnotationKey(string text) =>
        Names.IsLabelKey(text)
            ? null
            : "is no annotation key (such as example.com/name)";

    /// <summary>A network in CIDR notation.</summary>
    public static string? Cidr(string text) =>
        IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var address) && address.Equals(network.BaseAddress)
            ? null
            : "is no network (such as 203.0.113.0/24, without host bits)";

    /// <summary>A count of pods or a percentage.</summary>
    public static string? CountOrPercent(string text) => Count().IsMatch(text) ? null : "is neither a number of pods nor a percentage such as 50%";

    [GeneratedRegex(@"^[-._a-zA-Z][-._a-zA-Z0-9]*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^sha256:[0-9a-f]{64}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digest();

    [GeneratedRegex(@"^([a-zA-Z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"^([0-9]{1,9}|[0-9]{1,2}%|100%)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Count();
}
