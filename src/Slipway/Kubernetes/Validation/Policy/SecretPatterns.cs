using System.Text.RegularExpressions;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>What looks like a secret, and what stands in for one.</summary>
internal static partial class SecretPatterns
{
    private static readonly string[] Stopgaps = ["replace", "change", "placeholder", "example", "your-", "your_", "todo", "xxxx", "dummy", "fill", "<", "{{", "${", "$(", "***"];

    /// <summary>True when the name of a variable or key says that its value is secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name) && !PublicName().IsMatch(name);

    /// <summary>True when the value is no secret itself: empty, a number, a truth value, a path, or a text that says it is to be replaced.</summary>
    public static bool IsHarmless(string value) =>
        value.Length == 0 || value is "true" or "false" || value[0] is '/' or '.' || double.TryParse(value, out _)
        || Stopgaps.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What kind of key material a text holds, or null.</summary>
    public static string? KeyMaterial(string text)
    {
        if (text.Length < 12) return null;
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) return "a private key";
        if (text.Contains("IA", StringComparison.Ordinal) && AwsKey().IsMatch(text)) return "an AWS access key";
        if (text.Contains('_', StringComparison.Ordinal) && GitHubToken().IsMatch(text)) return "a GitHub token";
        return text.Contains("://", StringComparison.Ordinal) && UrlPassword().Match(text) is { Success: true } match && !IsHarmless(match.Groups["password"].Value)
            ? "a password in an address" : null;
    }

    [GeneratedRegex("(PASSWORD|PASSWD|(^|_)PASS($|_)|PASSPHRASE|SECRET|TOKEN|API[_-]?KEY|PRIVATE[_-]?KEY|ACCESS[_-]?KEY|SIGNING[_-]?KEY|ENCRYPTION[_-]?KEY|CREDENTIALS?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("(_|-)?(FILE|PATH|DIR|URL|URI|HOST|NAME|ARN|ID|TTL|EXPIRY|EXPIRATION|EXPIRES(_IN)?|SECONDS|MINUTES|HOURS|DAYS|LENGTH|HEADER|ALGORITHM|TYPE|ENABLED|ISSUER|AUDIENCE|LIFETIME|PROVIDER|STORE|REGION|VERSION|PREFIX|PORT)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublicName();

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^/\s:@]+:(?<password>[^/\s@]+)@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPassword();
}
