using System.Text;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>Writes Markdown: blocks parted by one empty line, LF line ends.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();

    public Markdown Heading(int level, string title) => Block($"{new string('#', level)} {title}");

    public Markdown Paragraph(string text) => Block(text);

    public Markdown List(IEnumerable<string> entries)
    {
        var lines = entries.Select(entry => $"- {entry}").ToList();
        return lines.Count == 0 ? this : Block(string.Join('\n', lines));
    }

    public Markdown Steps(IEnumerable<string> entries) => Block(string.Join('\n', entries.Select((entry, at) => $"{at + 1}. {entry}")));

    /// <summary>Commands; nothing when there are none.</summary>
    public Markdown Shell(params IEnumerable<string> commands) => commands.Any() ? Block($"```sh\n{string.Join('\n', commands)}\n```") : this;

    public Markdown Fence(string language, string content) => Block($"```{language}\n{content.TrimEnd('\n')}\n```");

    /// <summary>A table; nothing when it has no rows.</summary>
    public Markdown Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.Select(Row).ToList();
        return lines.Count == 0 ? this : Block($"{Row(head)}\n{Row(head.Select(_ => "---"))}\n{string.Join('\n', lines)}");
    }

    /// <summary>A text as code inside a line; empty stays empty.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    /// <summary>Texts as code, parted by commas.</summary>
    public static string Codes(IEnumerable<string> texts) => string.Join(", ", texts.Select(Code));

    /// <summary>A text as one word of a shell command, whatever it holds.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    public override string ToString() => _text.ToString();

    private static string Row(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal)))} |";

    private Markdown Block(string text)
    {
        if (_text.Length > 0) _text.Append('\n');
        _text.Append(text).Append('\n');
        return this;
    }
}
