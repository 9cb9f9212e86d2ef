using Slipway.Coordination.Diagnostics;

namespace Slipway.Templates;

/// <summary>Finds the tags of a template.</summary>
internal sealed class TemplateLexer(string text, string file, ICollection<Diagnostic> problems)
{
    /// <summary>Stands before a placeholder's number in the text that is parsed as YAML; no template may hold it.</summary>
    public const char PlaceholderStart = '\uE000';

    /// <summary>Stands after it.</summary>
    public const char PlaceholderEnd = '\uE001';

    private int _counted;
    private int _line = 1;
    private int _lineStart;

    public IReadOnlyList<TemplateTag> Read()
    {
        var tags = new List<TemplateTag>();
        var reserved = text.AsSpan().IndexOfAny(PlaceholderStart, PlaceholderEnd);
        if (reserved >= 0)
        {
            Count(reserved);
            Report(_line, reserved - _lineStart + 1, "the character U+E000 or U+E001 is reserved", "remove it");
            return tags;
        }

        var at = 0;
        while ((at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            Count(at);
            var column = at - _lineStart + 1;
            if (at > 0 && text[at - 1] == '\\')
            {
                tags.Add(new TemplateTag(TemplateTagKind.Braces, "", "", at - 1, at + 2, _line, column));
                at += 2;
                continue;
            }

            var isLongComment = text.AsSpan(at).StartsWith("{{!--");
            var close = isLongComment ? "--}}" : "}}";
            var end = text.IndexOf(close, at + 2, StringComparison.Ordinal);
            if (end < 0)
            {
                Report(_line, column, $"the tag is not closed with '{close}'", $"write '{close}' at its end, or '\\{{{{' for two braces as text");
                return tags;
            }

            end += close.Length;
            if (Classify(text[(at + 2)..(end - close.Length)], at, end, column) is { } tag) tags.Add(tag);
            at = end;
        }

        return tags;
    }

    private TemplateTag? Classify(string inner, int start, int end, int column)
    {
        if (inner.StartsWith('!')) return Finish(new TemplateTag(TemplateTagKind.Comment, "", inner, start, end, _line, column));
        if (inner.StartsWith('{') || inner.StartsWith('&') || inner.StartsWith('>') || inner.StartsWith('~') || inner.EndsWith('~'))
        {
            Report(_line, column, $"'{{{{{inner[0]}' is not part of the template language", "write '{{ value }}': values never pass through text, so nothing needs escaping or trimming");
            return null;
        }

        var content = inner.Trim();
        if (content.Length > 0 && content[0] is '#' or '/')
        {
            var (word, argument) = Split(content[1..].Trim());
            return Finish(new TemplateTag(content[0] == '#' ? TemplateTagKind.Open : TemplateTagKind.Close, word, argument, start, end, _line, column));
        }

        var (first, rest) = Split(content);
        return first == "else"
            ? Finish(new TemplateTag(TemplateTagKind.Else, first, rest, start, end, _line, column))
            : new TemplateTag(TemplateTagKind.Output, "", content, start, end, _line, column);
    }

    private TemplateTag Finish(TemplateTag tag)
    {
        var before = tag.Start;
        while (before > 0 && text[before - 1] is ' ' or '\t') before--;
        var after = tag.End;
        while (after < text.Length && text[after] is ' ' or '\t') after++;
        var alone = (before == 0 || text[before - 1] == '\n') && (after == text.Length || text[after] == '\n');
        return alone ? tag with { Start = before, End = Math.Min(after + 1, text.Length), IsStandalone = true } : tag;
    }

    private static (string Word, string Argument) Split(string content)
    {
        var space = content.IndexOfAny([' ', '\t', '\n']);
        return space < 0 ? (content, "") : (content[..space], content[(space + 1)..].Trim());
    }

    private void Count(int offset)
    {
        for (; _counted < offset; _counted++)
        {
            if (text[_counted] != '\n') continue;
            _line++;
            _lineStart = _counted + 1;
        }
    }

    private void Report(int line, int column, string summary, string fix) => problems.Add(new Diagnostic
    {
        Code = TemplateCodes.Syntax,
        Summary = summary,
        Place = new SourcePlace(file, line, column),
        Fix = fix,
    });
}
