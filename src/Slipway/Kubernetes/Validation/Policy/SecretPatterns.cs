using System.Buffers;
using System.Text.RegularExpressions;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>What looks like a secret, and what stands in for one.</summary>
internal static partial class SecretPatterns
{
    private static readonly SearchValues<string> TokenMarks = SearchValues.Create(["xox", "hooks.slack.com", "k_live_", "AIza", "eyJ", "glpat-", "npm_", "SG."], StringComparison.Ordinal);
    private static readonly SearchValues<char> CodeMarks = SearchValues.Create("($[{<%*");
    private static readonly string[] Stopgaps = ["replace", "change", "placeholder", "example", "your-", "your_", "todo", "xxxx", "dummy", "fill", "<", "{{", "${", "$(", "***"];

    /// <summary>True when the name of a variable or key says that its value is secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name) && !PublicName().IsMatch(name);

    /// <summary>True when the value is no secret itself: empty, a number, a truth value, a path, or a text that says it is to be replaced.</summary>
    public static bool IsHarmless(string value) =>
        value.Length == 0 || value is "true" or "false" || value[0] is '/' or '.' || double.TryParse(value, out _)
        || Stopgaps.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The secrets that a text sets, such as <c>db.password=x</c>, <c>password: x</c> or <c>--password=x</c>.</summary>
    public static IEnumerable<string> Assigned(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (!SecretName().IsMatch(line)) continue;
            foreach (Match match in Assignment().Matches(line))
            {
                var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value);
                if (IsSecretName(name) && !IsHarmless(value) && !IsPlaceholder(value)) yield return name;
            }
        }
    }

    // In a text that may be a program, only what cannot be a name, a call or a type counts.
    private static bool IsPlaceholder(string value) => value.Length < 6 || !value.Any(char.IsAsciiLetterOrDigit) || value.AsSpan().IndexOfAny(CodeMarks) >= 0 || value.All(letter => char.IsAsciiLetter(letter) || letter is '.' or '_' or '-');

    /// <summary>What kind of key material a text holds, or null.</summary>
    public static string? KeyMaterial(string text)
    {
        if (text.Length < 12) return null;
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) return "a private key";
        if (text.Contains("IA", StringComparison.Ordinal) && AwsKey().IsMatch(text)) return "an AWS access key";
        if (text.Contains('_', StringComparison.Ordinal) && GitHubToken().IsMatch(text)) return "a GitHub token";
        if (text.AsSpan().IndexOfAny(TokenMarks) >= 0 && ServiceToken().IsMatch(text)) return "the token of a service";
        return text.Contains("://", StringComparison.Ordinal) && UrlPassword().Match(text) is { Success: true } match && !IsHarmless(match.Groups["password"].Value)
            ? "a password in an address" : null;
    }

    [GeneratedRegex("(PASSWORD|PASSWD|(^|_)PASS($|_)|(^|_)PWD$|PASSPHRASE|SECRET|TOKEN|API[_-]?KEY|PRIVATE[_-]?KEY|ACCESS[_-]?KEY|SIGNING[_-]?KEY|ENCRYPTION[_-]?KEY|CREDENTIALS?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("(_|-)?(FILE|PATH|DIR|URL|URI|HOST|NAME|ARN|ID|TTL|EXPIRY|EXPIRATION|EXPIRES(_IN)?|SECONDS|MINUTES|HOURS|DAYS|LENGTH|HEADER|ALGORITHM|TYPE|ENABLED|ISSUER|AUDIENCE|LIFETIME|PROVIDER|STORE|REGION|VERSION|PREFIX|PORT|VOLUME|ANNOTATION|LABEL|CLASS|MOUNT|FORMAT|POLICY)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublicName();

    [GeneratedRegex(@"(^|[\s;&,{""'-])(?<name>[A-Za-z][\w.-]*)[""']?\s*[=:]\s*[""']?(?<value>[^\s;&,""'}]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\bxox[abprs]-[0-9A-Za-z-]{10,}|hooks\.slack\.com/services/T\w+/B\w+/\w{20,}|\b[sr]k_live_[0-9A-Za-z]{16,}|\bAIza[0-9A-Za-z_-]{35}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}|\bglpat-[\w-]{20}|\bnpm_[0-9A-Za-z]{36}|\bSG\.[\w-]{22}\.[\w-]{43}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServiceToken();

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^/\s:@]+:(?<password>[^/\s@]+)@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPassword();
}
