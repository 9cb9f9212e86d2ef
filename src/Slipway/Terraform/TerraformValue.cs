using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;

namespace Slipway.Terraform;

/// <summary>A value of a Terraform output, or a part of one, with its address and the place where it was read.</summary>
public sealed class TerraformValue
{
    private readonly TextLines _lines;
    private readonly int _offset;
    private TerraformValue? _inner;
    private bool _innerTried;

    internal TerraformValue(TerraformValueKind kind, string address, string text, TextLines lines, int offset, bool sensitive)
    {
        Kind = kind;
        Address = address;
        Text = text;
        IsSensitive = sensitive;
        _lines = lines;
        _offset = offset;
    }

    /// <summary>The JSON type.</summary>
    public TerraformValueKind Kind { get; }

    /// <summary>Such as <c>output.rds.endpoint</c>, <c>output.repository_urls["demo/web-ui"]</c>.</summary>
    public string Address { get; }

    /// <summary>The text of a scalar: a string's content, a number as written, <c>true</c>, <c>false</c>; empty for everything else.</summary>
    public string Text { get; }

    /// <summary>True when the output, or this part of it by its name, must not be shown or written.</summary>
    public bool IsSensitive { get; }

    /// <summary>The items of a list, in order.</summary>
    public IReadOnlyList<TerraformValue> Items { get; internal init; } = [];

    /// <summary>The members of an object, in the order read.</summary>
    public IReadOnlyList<KeyValuePair<string, TerraformValue>> Members { get; internal init; } = [];

    /// <summary>The file with line and column, or only the directory Terraform ran in.</summary>
    public SourcePlace Place => _lines.PlaceOf(_offset);

    /// <summary>Where a value taken from here came from.</summary>
    public Provenance Source => new(ProvenanceKind.Terraform, Address, Place);

    /// <summary>The object or list that this text holds as JSON, or null when it is no text or holds none.</summary>
    public TerraformValue? Inner
    {
        get
        {
            if (_innerTried) return _inner;
            _innerTried = true;
            if (Kind == TerraformValueKind.String && Text.AsSpan().TrimStart() is ['{' or '[', ..])
                _inner = TerraformJson.TryReadInner(this);
            return _inner;
        }
    }

    /// <summary>The member of an object by its exact name, or null.</summary>
    public TerraformValue? Member(string name)
    {
        foreach (var member in Members)
        {
            if (member.Key == name) return member.Value;
        }

        return null;
    }

    /// <summary>Follows a path from here. Text that holds JSON is walked into.</summary>
    /// <param name="segments">The steps.</param>
    /// <param name="from">The first step to take.</param>
    /// <returns>The value, or where the path ended and why.</returns>
    public TerraformWalk Walk(IReadOnlyList<TerraformPathSegment> segments, int from = 0)
    {
        var at = this;
        for (var step = from; step < segments.Count; step++)
        {
            var segment = segments[step];
            var container = at.Inner ?? at;
            var next = segment.Index is { } index && container.Kind == TerraformValueKind.List
                ? index < container.Items.Count ? container.Items[index] : null
                : container.Member(segment.Name);
            if (next is null) return new TerraformWalk(null, at, segment);
            at = next;
        }

        return new TerraformWalk(at, at, null);
    }

    /// <summary>What it is, for people: <c>a string</c>, <c>a list of 3</c>. Never the content.</summary>
    public string Describe() => Kind switch
    {
        TerraformValueKind.Null => "null",
        TerraformValueKind.Boolean => "a boolean",
        TerraformValueKind.Number => "a number",
        TerraformValueKind.String => Text.Length == 0 ? "an empty string" : "a string",
        TerraformValueKind.List => $"a list of {Items.Count}",
        _ => Members.Count == 0 ? "an empty object" : $"an object with {Names(Members)}",
    };

    /// <summary>The address and, unless sensitive, the content as JSON-like text.</summary>
    public override string ToString() => IsSensitive ? $"{Address} = (sensitive)" : $"{Address} = {Render()}";

    internal TerraformValue Part(
        TerraformValueKind kind,
        string address,
        string text,
        bool sensitive,
        IReadOnlyList<TerraformValue> items,
        IReadOnlyList<KeyValuePair<string, TerraformValue>> members) =>
        new(kind, address, text, _lines, _offset, sensitive) { Items = items, Members = members };

    /// <summary>The same value, under another address; sensitive as a whole when asked.</summary>
    internal TerraformValue Readdress(string address, bool sensitive)
    {
        var whole = sensitive || IsSensitive;
        if (address == Address && whole == IsSensitive) return this;
        return new TerraformValue(Kind, address, Text, _lines, _offset, whole)
        {
            Items = [.. Items.Select((item, at) => item.Readdress(TerraformPath.Append(address, at), sensitive))],
            Members = [.. Members.Select(member => new KeyValuePair<string, TerraformValue>(
                member.Key, member.Value.Readdress(TerraformPath.Append(address, member.Key), sensitive)))],
        };
    }

    internal string Render()
    {
        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private static string Names(IReadOnlyList<KeyValuePair<string, TerraformValue>> members)
    {
        const int Shown = 8;
        var names = string.Join(", ", members.Take(Shown).Select(member => $"'{member.Key}'"));
        return members.Count > Shown ? $"{names} and {members.Count - Shown} more" : names;
    }

    private void Append(StringBuilder text)
    {
        switch (Kind)
        {
            case TerraformValueKind.List:
                text.Append('[').AppendJoin(", ", Items.Select(item => item.Render())).Append(']');
                break;
            case TerraformValueKind.Object:
                text.Append('{').AppendJoin(", ", Members.Select(member => $"{member.Key}: {member.Value.Render()}")).Append('}');
                break;
            case TerraformValueKind.Null:
                text.Append("null");
                break;
            default:
                text.Append(Text);
                break;
        }
    }
}
