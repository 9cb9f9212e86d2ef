namespace Slipway.Platform;

/// <summary>
/// How an unknown value is written where text is needed: <c>&lt;unknown:database.endpoint&gt;</c>. No Kubernetes field accepts it by
/// accident in a name, address, ARN or number, and <c>slipway validate</c> refuses a file that holds one.
/// </summary>
public static class UnknownMarker
{
    private const string Prefix = "<unknown:";

    /// <summary>The marker for a missing fact.</summary>
    /// <param name="name">The path of the fact, such as <c>database.endpoint</c>.</param>
    public static string For(string name) => $"{Prefix}{name}>";

    /// <summary>Finds the first marker in a text.</summary>
    /// <returns>The path of the missing fact, or null when the text holds no marker.</returns>
    public static string? Find(string text)
    {
        var start = text.IndexOf(Prefix, StringComparison.Ordinal);
        if (start < 0) return null;
        var end = text.IndexOf('>', start);
        return end < 0 ? null : text[(start + Prefix.Length)..end];
    }

    /// <summary>Finds every marker in a text.</summary>
    /// <returns>The paths of the missing facts, in order, repeated as often as they stand there.</returns>
    public static IEnumerable<string> FindAll(string text)
    {
        for (var at = text.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            if (Find(text[at..]) is { } name) yield return name;
        }
    }
}
