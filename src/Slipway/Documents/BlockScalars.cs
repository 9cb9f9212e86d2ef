using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Slipway.Documents;

/// <summary>
/// Lines of nothing but spaces at the start of a block scalar (<c>|</c>, <c>></c>), which Helm writes. Kubernetes reads them as empty lines, the
/// parser in use refuses them.
/// </summary>
internal static partial class BlockScalars
{
    public static bool IsComplaint(YamlException exception) => exception.Message.Contains("extra spaces in first line", StringComparison.Ordinal);

    /// <summary>The text with those lines emptied; no other line moves.</summary>
    public static string WithEmptyFirstLines(string text) =>
        FirstLines().Replace(text, match => match.Groups["head"].Value + match.Groups["blank"].Value.Replace(" ", "", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<head>[|>][-+0-9]*[ ]*(#[^\n]*)?\r?\n)(?<blank>([ ]*\r?\n)+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FirstLines();
}
