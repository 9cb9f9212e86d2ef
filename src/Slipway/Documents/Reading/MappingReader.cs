using Slipway.Coordination.Diagnostics;
using Slipway.Platform;

namespace Slipway.Documents.Reading;

/// <summary>
/// Reads a mapping field by field, strictly: fields it may not have are refused at once with what was perhaps meant, and whatever
/// is wrong with a field is recorded with file, line, column and path. An absent field and one that is null are the same.
/// </summary>
internal sealed class MappingReader
{
    private readonly MappingNode _node;
    private readonly FieldSet _fields;

    /// <summary>Reads a mapping; unknown fields are reported here.</summary>
    public MappingReader(ReadScope scope, MappingNode node, string path, FieldSet fields)
    {
        Scope = scope;
        Path = path;
        _node = node;
        _fields = fields;
        foreach (var entry in node)
        {
            if (fields.Has(entry.Key)) continue;
            var at = new SourcePlace(scope.File, entry.KeyPosition?.Line, entry.KeyPosition?.Column, PathOf(entry.Key));
            scope.Report(scope.Codes.UnknownField, at, $"a {fields.Name} has no field '{entry.Key}'", Suggestion.Fix(entry.Key, fields.Fields.ToList()));
        }
    }

    /// <summary>What the readers of this document share.</summary>
    public ReadScope Scope { get; }

    /// <summary>The path of the mapping in its document; empty for the root.</summary>
    public string Path { get; }

    /// <summary>The mapping itself.</summary>
    public MappingNode Node => _node;

    /// <summary>Where the mapping was declared.</summary>
    public Provenance Source => Scope.SourceOf(_node, Path);

    /// <summary>The place of the mapping.</summary>
    public SourcePlace Place => _node.PlaceIn(Scope.File, Path);

    /// <summary>The path of a field.</summary>
    public string PathOf(string field) => ReadScope.Join(Path, field);

    /// <summary>The node of a field, or null when it is absent or null.</summary>
    public Node? Get(string field)
    {
        if (!_fields.Has(field)) throw new ArgumentException($"'{field}' is not declared for a {_fields.Name}.", nameof(field));
        var node = _node[field];
        return ReadScope.IsAbsent(node) ? null : node;
    }

    /// <summary>True when the field is there and not null.</summary>
    public bool Has(string field) => Get(field) is not null;

    /// <summary>The place of a field, or of the mapping when the field is absent.</summary>
    public SourcePlace PlaceOf(string field) => _node[field] is { } node ? node.PlaceIn(Scope.File, PathOf(field)) : Place with { Path = PathOf(field) };

    /// <summary>Adds a problem at a field.</summary>
    public void Report(string code, string field, string summary, string? fix = null) => Scope.Report(code, PlaceOf(field), summary, fix);

    /// <summary>Reports a field that must be there.</summary>
    public void ReportMissing(string field, string? fix = null) =>
        Scope.Report(Scope.Codes.MissingField, Place, $"a {_fields.Name} needs the field '{field}'", fix ?? $"add '{field}:'");

    /// <summary>Text, or null when the field is absent or wrong.</summary>
    public Value<string>? Text(string field, TextRule? rule = null) => Get(field) is { } node ? Scope.Text(node, PathOf(field), rule) : null;

    /// <summary>Text that must be there; null with a diagnostic otherwise.</summary>
    public Value<string>? RequiredText(string field, TextRule? rule = null)
    {
        if (Has(field)) return Text(field, rule);
        ReportMissing(field);
        return null;
    }

    /// <summary>A whole number, or null when the field is absent or wrong.</summary>
    public Value<int>? Integer(string field, int minimum, int maximum = int.MaxValue) =>
        Get(field) is { } node ? Scope.Integer(node, PathOf(field), minimum, maximum) : null;

    /// <summary>A whole number that must be there; null with a diagnostic otherwise.</summary>
    public Value<int>? RequiredInteger(string field, int minimum, int maximum = int.MaxValue)
    {
        if (Has(field)) return Integer(field, minimum, maximum);
        ReportMissing(field);
        return null;
    }

    /// <summary>True or false, or null when the field is absent or wrong.</summary>
    public bool? Boolean(string field) => Get(field) is { } node ? Scope.Boolean(node, PathOf(field)) : null;

    /// <summary>One of a closed set of words, or null when the field is absent or wrong.</summary>
    public T? Choice<T>(string field, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Get(field) is not { } node || Scope.Text(node, PathOf(field)) is not { IsUnknown: false } text) return null;
        if (choices.TryGetValue(text.Content, out var choice)) return choice;
        Report(Scope.Codes.BadValue, field, $"'{text.Content}' is no {field}", Suggestion.Fix(text.Content, choices.Keys.Order(StringComparer.Ordinal).ToList()));
        return null;
    }

    /// <summary>A list of texts; empty when the field is absent. Wrong items are reported and left out.</summary>
    public IReadOnlyList<Value<string>> Texts(string field, TextRule? rule = null)
    {
        var texts = new List<Value<string>>();
        foreach (var (node, path) in Items(field))
        {
            if (Scope.Text(node, path, rule) is { } text) texts.Add(text);
        }

        return texts;
    }

    /// <summary>A mapping with known fields, or null when the field is absent or wrong.</summary>
    public MappingReader? Mapping(string field, FieldSet fields) => Get(field) is { } node ? Scope.Mapping(node, PathOf(field), fields) : null;

    /// <summary>A list of mappings; empty when the field is absent. Wrong items are reported and left out.</summary>
    public IReadOnlyList<MappingReader> Mappings(string field, FieldSet fields)
    {
        var readers = new List<MappingReader>();
        foreach (var (node, path) in Items(field))
        {
            if (Scope.Mapping(node, path, fields) is { } reader) readers.Add(reader);
        }

        return readers;
    }

    /// <summary>The items of a list with their paths; empty when the field is absent or, with a diagnostic, no list.</summary>
    public IReadOnlyList<(Node Node, string Path)> Items(string field)
    {
        switch (Get(field))
        {
            case null:
                return [];
            case SequenceNode sequence:
                return [.. sequence.Select((node, at) => (node, $"{PathOf(field)}[{at}]"))];
            case { } other:
                Scope.Report(Scope.Codes.WrongType, other, PathOf(field), $"'{PathOf(field)}' must be a list but is {ReadScope.Describe(other)}", "write each item on a line of its own, after '- '");
                return [];
        }
    }

    /// <summary>The entries of a mapping with free keys, with their paths; empty when the field is absent or, with a diagnostic, no mapping.</summary>
    public IReadOnlyList<FreeEntry> Entries(string field)
    {
        switch (Get(field))
        {
            case null:
                return [];
            case MappingNode mapping:
                return [.. mapping.Select(entry => FreeEntry.Of(Scope, entry, PathOf(field)))];
            case { } other:
                Scope.Report(Scope.Codes.WrongType, other, PathOf(field), $"'{PathOf(field)}' must be a mapping but is {ReadScope.Describe(other)}", "write 'key: value' lines below it");
                return [];
        }
    }
}
