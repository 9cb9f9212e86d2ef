using Slipway.Coordination.Diagnostics;
using YamlDotNet.Core;

namespace Slipway.Documents;

/// <summary>Tells a YAML parser's complaint in terms of what the user wrote.</summary>
internal static class YamlProblems
{
    public static Diagnostic Describe(YamlException exception, string text, string file)
    {
        var line = Math.Max(1, (int)exception.Start.Line);
        var column = Math.Max(1, (int)exception.Start.Column);
        if (IndentedByTab(text, line) is { } tab)
            return Syntax(file, tab.Line, tab.Column, "a tab is used for indentation", "indent with spaces");

        if (text.Contains('\0', StringComparison.Ordinal))
            return Syntax(file, 1, 1, "the file is binary, not YAML", "name a text file");

        var message = exception.Message;
        var start = message.IndexOf("): ", StringComparison.Ordinal);
        if (start >= 0) message = message[(start + 3)..];
        message = message.Trim().TrimEnd('.');
        if (message.Length > 0) message = char.ToLowerInvariant(message[0]) + message[1..];
        return Syntax(file, line, column, $"this is not YAML: {message}", "check indentation, colons and quotes here and on the line above");
    }

    private static Diagnostic Syntax(string file, int line, int column, string summary, string fix) => new()
    {
        Code = DocumentReader.SyntaxCode,
        Summary = summary,
        Place = new SourcePlace(file, line, column),
        Fix = fix,
    };

    // The parser names where the surrounding block begins, the tab is in a later line.
    private static NodePosition? IndentedByTab(string text, int first)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var tab = content.IndexOf('\t');
            if (line >= first && tab >= 0 && content[..tab].IsWhiteSpace() && !content.IsWhiteSpace()) return new NodePosition(line, tab + 1);
        }

        return null;
    }
}
