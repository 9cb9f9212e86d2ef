using System.Globalization;
using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;

namespace Slipway.Templates;

/// <summary>
/// One walk through a template. It collects the values in order and the decisions taken; the same decisions give the same text around the
/// values, so the text is written, and parsed, only for decisions not seen before.
/// </summary>
internal sealed class TemplateRun(string file, ICollection<Diagnostic> problems, bool writing)
{
    private readonly StringBuilder _text = new();
    private readonly List<int> _lines = [];
    private readonly StringBuilder _decisions = new();
    private bool _atLineStart = true;

    /// <summary>The values in the order of their places.</summary>
    public List<Node> Values { get; } = [];

    /// <summary>Each branch taken and each loop's length.</summary>
    public string Decisions => _decisions.ToString();

    /// <summary>The text with a placeholder at each value's place; empty unless writing.</summary>
    public string Text => _text.ToString();

    /// <summary>The template's line of each line of the text.</summary>
    public IReadOnlyList<int> Lines => _lines;

    public void Walk(IReadOnlyList<TemplatePart> parts, TemplateScope scope)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case TemplatePart.Text text when writing:
                    Write(text);
                    break;
                case TemplatePart.Output output:
                    WritePlaceholder(output.Path, scope);
                    break;
                case TemplatePart.Condition condition:
                    var holds = IsTrue(scope.Find(condition.Path)) != condition.Negated;
                    _decisions.Append(holds ? '1' : '0');
                    Walk(holds ? condition.Body : condition.Else, scope);
                    break;
                case TemplatePart.Context context:
                    var inner = scope.Find(context.Path);
                    _decisions.Append(IsTrue(inner) ? '1' : '0');
                    if (IsTrue(inner)) Walk(context.Body, new TemplateScope(inner!, scope));
                    else Walk(context.Else, scope);
                    break;
                case TemplatePart.Loop loop:
                    WalkLoop(loop, scope);
                    break;
            }
        }
    }

    /// <summary>True unless the value is absent, false, null, empty text, an empty list or an empty mapping. Zero is a value.</summary>
    private static bool IsTrue(Node? value) => value switch
    {
        null => false,
        ScalarNode { Kind: ScalarKind.Null } or ScalarNode { Kind: ScalarKind.String, Text: "" } => false,
        ScalarNode { Kind: ScalarKind.Boolean } scalar => PlainScalars.IsTrue(scalar.Text),
        MappingNode mapping => mapping.Count > 0,
        SequenceNode sequence => sequence.Count > 0,
        _ => true,
    };

    private void WalkLoop(TemplatePart.Loop loop, TemplateScope scope)
    {
        switch (scope.Find(loop.Path))
        {
            case SequenceNode { Count: > 0 } list:
                Count(list.Count);
                for (var at = 0; at < list.Count; at++)
                    Walk(loop.Body, new TemplateScope(list[at], scope) { Index = at, Count = list.Count });
                break;
            case MappingNode { Count: > 0 } mapping:
                Count(mapping.Count);
                for (var at = 0; at < mapping.Count; at++)
                    Walk(loop.Body, new TemplateScope(mapping[at].Value, scope) { Index = at, Count = mapping.Count, Key = mapping[at].Key });
                break;
            case ScalarNode { Kind: not ScalarKind.Null }:
                Report(TemplateCodes.UnknownValue, loop.Path, $"'{loop.Path.Text}' is a single value, not a list or mapping", "use '{{ value }}', or '#if'");
                break;
            default:
                Count(0);
                Walk(loop.Else, scope);
                break;
        }
    }

    private void Count(int count) => _decisions.Append(CultureInfo.InvariantCulture, $"[{count}]");

    private void WritePlaceholder(ValuePath path, TemplateScope scope)
    {
        var value = scope.Find(path);
        if (value is null)
        {
            Report(TemplateCodes.AbsentValue, path, $"'{path.Text}' has no value here", $"put it into '{{{{#if {path.Text}}}}} … {{{{/if}}}}'");
            value = ScalarNode.Null();
        }

        if (writing)
        {
            StartLine(path.Line);
            _text.Append(TemplateLexer.PlaceholderStart).Append(CultureInfo.InvariantCulture, $"{Values.Count}").Append(TemplateLexer.PlaceholderEnd);
        }

        Values.Add(value);
    }

    private void Write(TemplatePart.Text part)
    {
        var line = part.Line;
        var at = 0;
        while (at < part.Content.Length)
        {
            StartLine(line++);
            var end = part.Content.IndexOf('\n', at);
            if (end < 0) break;
            _atLineStart = true;
            at = end + 1;
        }

        _text.Append(part.Content);
    }

    private void StartLine(int line)
    {
        if (!_atLineStart) return;
        _lines.Add(line);
        _atLineStart = false;
    }

    private void Report(string code, ValuePath path, string summary, string fix) => problems.Add(new Diagnostic
    {
        Code = code,
        Summary = summary,
        Place = new SourcePlace(file, path.Line, path.Column),
        Fix = fix,
    });
}
