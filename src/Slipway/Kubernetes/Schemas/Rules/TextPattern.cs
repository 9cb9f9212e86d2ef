using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Slipway.Kubernetes.Schemas.Rules;

/// <summary>
/// A regular expression of Go (RE2), as definitions of custom kinds write it. It is matched in linear time. One that .NET cannot read holds for
/// every text: the cluster judges it.
/// </summary>
internal sealed class TextPattern
{
    private static readonly ConcurrentDictionary<string, TextPattern> Known = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "a-zA-Z0-9",
        ["alpha"] = "a-zA-Z",
        ["blank"] = @"\t ",
        ["digit"] = "0-9",
        ["lower"] = "a-z",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\s",
        ["upper"] = "A-Z",
        ["word"] = @"\w",
        ["xdigit"] = "0-9a-fA-F",
    };

    private readonly Lazy<Regex?> _expression;

    private TextPattern(string text)
    {
        Text = text;
        _expression = new Lazy<Regex?>(() => Compile(text));
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    public static TextPattern Of(string text) => Known.GetOrAdd(text, key => new TextPattern(key));

    public bool Matches(string text) => _expression.Value?.IsMatch(text) ?? true;

    private static Regex? Compile(string text)
    {
        try
        {
            return new Regex(Translate(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Where Go and .NET differ: '$' ends the text and no line, groups are named with '?P', classes such as [:alpha:] exist, and \d and \w are ASCII.
    private static string Translate(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        var inClass = false;
        for (var at = 0; at < text.Length; at++)
        {
            var rest = text.AsSpan(at);
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                result.Append(text[at] switch
                {
                    'd' => inClass ? "0-9" : "[0-9]",
                    'D' when !inClass => "[^0-9]",
                    'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
                    'W' when !inClass => "[^0-9A-Za-z_]",
                    'z' => @"\z",
                    var letter => string.Create(CultureInfo.InvariantCulture, $"\\{letter}"),
                });
            }
            else if (inClass && rest.StartsWith("[:", StringComparison.Ordinal) && rest.IndexOf(":]", StringComparison.Ordinal) is var end and > 0 && Classes.TryGetValue(rest[2..end].ToString(), out var members))
            {
                result.Append(members);
                at += end + 1;
            }
            else if (inClass)
            {
                inClass = text[at] != ']' || result[^1] == '[' || result is [.., '[', '^'];
                result.Append(text[at] == '[' ? @"\[" : text[at]);
            }
            else if (rest.StartsWith("(?P<", StringComparison.Ordinal))
            {
                result.Append("(?<");
                at += 3;
            }
            else
            {
                inClass = text[at] == '[';
                result.Append(text[at] == '$' ? @"\z" : text[at]);
            }
        }

        return result.ToString();
    }
}
