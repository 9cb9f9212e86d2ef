using Slipway.Coordination.Diagnostics;

namespace Slipway.Templates;

/// <summary>Makes parts of a template's text.</summary>
internal sealed class TemplateParser
{
    private static readonly string[] BlockWords = ["if", "unless", "each", "with"];

    private readonly string _text;
    private readonly string _file;
    private readonly ICollection<Diagnostic> _problems;
    private readonly IReadOnlyList<TemplateTag> _tags;
    private int _next;
    private int _offset;
    private int _line = 1;

    private TemplateParser(string text, string file, ICollection<Diagnostic> problems)
    {
        _text = text;
        _file = file;
        _problems = problems;
        _tags = new TemplateLexer(text, file, problems).Read();
    }

    public static IReadOnlyList<TemplatePart> Parse(string text, string file, ICollection<Diagnostic> problems)
    {
        var parser = new TemplateParser(text, file, problems);
        return parser.ReadBody(null, out _);
    }

    private List<TemplatePart> ReadBody(TemplateTag? opening, out TemplateTag? stop)
    {
        var parts = new List<TemplatePart>();
        while (_next < _tags.Count)
        {
            var tag = _tags[_next++];
            TakeText(parts, tag.Start);
            Skip(tag.End);
            switch (tag.Kind)
            {
                case TemplateTagKind.Comment:
                    break;
                case TemplateTagKind.Braces:
                    parts.Add(new TemplatePart.Text("{{", tag.Line));
                    break;
                case TemplateTagKind.Output:
                    if (ReadPath(tag.Argument, tag) is { } path) parts.Add(new TemplatePart.Output(path));
                    break;
                case TemplateTagKind.Open:
                    if (ReadBlock(tag) is { } block) parts.Add(block);
                    break;
                default:
                    if (opening is null)
                    {
                        Report(tag, tag.Kind == TemplateTagKind.Else ? "'{{else}}' stands outside a block" : $"'{{{{/{tag.Word}}}}}' closes nothing", "remove it, or open the block before it");
                        break;
                    }

                    stop = tag;
                    return parts;
            }
        }

        TakeText(parts, _text.Length);
        stop = null;
        return parts;
    }

    private TemplatePart? ReadBlock(TemplateTag opening)
    {
        if (Array.IndexOf(BlockWords, opening.Word) < 0)
        {
            Report(opening, $"'{{{{#{opening.Word}}}}}' is not part of the template language", "use #if, #unless, #each or #with");
            ReadBranches(opening, opening.Word);
            return null;
        }

        var path = ReadPath(opening.Argument, opening);
        var (body, otherwise) = ReadBranches(opening, opening.Word);
        if (path is null) return null;
        return opening.Word switch
        {
            "each" => new TemplatePart.Loop(path, body, otherwise),
            "with" => new TemplatePart.Context(path, body, otherwise),
            _ => new TemplatePart.Condition(path, opening.Word == "unless", body, otherwise),
        };
    }

    private (IReadOnlyList<TemplatePart> Body, IReadOnlyList<TemplatePart> Else) ReadBranches(TemplateTag opening, string word)
    {
        var body = ReadBody(opening, out var stop);
        List<TemplatePart> otherwise = [];
        if (stop is { Kind: TemplateTagKind.Else, Argument: not "" } chain)
        {
            var isChain = chain.Argument.StartsWith("if ", StringComparison.Ordinal);
            if (!isChain) Report(chain, $"'{{{{else {chain.Argument}}}}}' is not part of the template language", "write '{{else}}' or '{{else if value}}'");
            var path = isChain ? ReadPath(chain.Argument[3..].Trim(), chain) : null;

            // The one closing tag ends the whole chain, so the inner branches take it.
            var (innerBody, innerElse) = ReadBranches(opening, word);
            if (path is not null) otherwise.Add(new TemplatePart.Condition(path, false, innerBody, innerElse));
            return (body, otherwise);
        }

        if (stop is { Kind: TemplateTagKind.Else })
        {
            otherwise = ReadBody(opening, out stop);
            if (stop is { Kind: TemplateTagKind.Else })
            {
                Report(stop, "the block has a second '{{else}}'", "remove one of the two");
                ReadBody(opening, out stop);
            }
        }

        if (stop is null) Report(opening, $"'{{{{#{word}}}}}' is never closed", $"write '{{{{/{word}}}}}' at its end");
        else if (stop.Word != word) Report(stop, $"'{{{{/{stop.Word}}}}}' closes '{{{{#{word}}}}}' of line {opening.Line}", $"write '{{{{/{word}}}}}'");
        return (body, otherwise);
    }

    private ValuePath? ReadPath(string text, TemplateTag tag)
    {
        var rest = text;
        var up = 0;
        while (rest.StartsWith("../", StringComparison.Ordinal))
        {
            up++;
            rest = rest[3..];
        }

        if (rest == "..") (up, rest) = (up + 1, "this");
        var loop = rest switch
        {
            "@key" => LoopProperty.Key,
            "@index" => LoopProperty.Index,
            "@first" => LoopProperty.First,
            "@last" => LoopProperty.Last,
            _ => LoopProperty.None,
        };
        if (loop != LoopProperty.None) return new ValuePath(text, tag.Line, tag.Column, up, false, loop, []);

        var names = rest is "this" or "." ? [] : rest.Split('.');
        var fromRoot = names is ["@root", ..];
        if (fromRoot || names is ["this", _, ..]) names = names[1..];
        if (text.Length > 0 && names.All(IsName)) return new ValuePath(text, tag.Line, tag.Column, up, fromRoot, LoopProperty.None, names);

        Report(tag, text.Length == 0 ? "the tag names no value" : $"'{text}' does not name a value", "write a name such as 'image.tag', '../name', 'this' or '@key'");
        return null;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    private void TakeText(List<TemplatePart> parts, int end)
    {
        if (end > _offset) parts.Add(new TemplatePart.Text(_text[_offset..end], _line));
        Skip(end);
    }

    private void Skip(int offset)
    {
        if (offset <= _offset) return;
        _line += _text.AsSpan(_offset, offset - _offset).Count('\n');
        _offset = offset;
    }

    private void Report(TemplateTag tag, string summary, string fix) => _problems.Add(new Diagnostic
    {
        Code = TemplateCodes.Syntax,
        Summary = summary,
        Place = new SourcePlace(_file, tag.Line, tag.Column),
        Fix = fix,
    });
}
