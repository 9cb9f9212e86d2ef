using Slipway.Coordination.Diagnostics;
using Slipway.Platform;

namespace Slipway.Documents.Reading;

/// <summary>What the readers of one document share: its file, its codes, and where problems go.</summary>
internal sealed class ReadScope
{
    private readonly Func<ScalarNode, string, Provenance>? _provenance;
    private readonly ProvenanceKind _kind;
    private readonly ICollection<Diagnostic> _problems;

    /// <summary>A scope for a document.</summary>
    /// <param name="file">The file's name as the user knows it.</param>
    /// <param name="kind">The kind of provenance that its values have.</param>
    /// <param name="codes">The codes for what can be wrong with its shape.</param>
    /// <param name="problems">Receives every problem.</param>
    /// <param name="provenance">Says otherwise where the scalar at a path came from; null to take its line in the file.</param>
    public ReadScope(
        string file,
        ProvenanceKind kind,
        ReadCodes codes,
        ICollection<Diagnostic> problems,
        Func<ScalarNode, string, Provenance>? provenance = null)
    {
        File = file;
        Codes = codes;
        _kind = kind;
        _problems = problems;
        _provenance = provenance;
    }

    /// <summary>The file's name as the user knows it.</summary>
    public string File { get; }

    /// <summary>The codes for what can be wrong with the document's shape.</summary>
    public ReadCodes Codes { get; }

    /// <summary>The path of a field below another path.</summary>
    public static string Join(string path, string field) => path.Length == 0 ? field : $"{path}.{field}";

    /// <summary>What a node is, in words.</summary>
    public static string Describe(Node node) => node switch
    {
        MappingNode => "a mapping",
        SequenceNode => "a list",
        ScalarNode { Kind: ScalarKind.Null } => "nothing",
        ScalarNode { Kind: ScalarKind.String } => "text",
        ScalarNode { Kind: ScalarKind.Boolean } => "a truth value",
        _ => "a number",
    };

    /// <summary>True for nothing at all and for YAML's null.</summary>
    public static bool IsAbsent(Node? node) => node is null or ScalarNode { Kind: ScalarKind.Null };

    /// <summary>Where the value at a path came from. A mapping came from where its name did.</summary>
    public Provenance SourceOf(Node node, string path)
    {
        var (scalar, at) = node is MappingNode mapping ? (mapping["name"] as ScalarNode, Join(path, "name")) : (node as ScalarNode, path);
        return scalar is not null && _provenance is not null
            ? _provenance(scalar, at)
            : new Provenance(_kind, path, node.PlaceIn(File, path));
    }

    /// <summary>Adds a problem at a node.</summary>
    public void Report(string code, Node at, string path, string summary, string? fix = null) =>
        Report(code, at.PlaceIn(File, path), summary, fix);

    /// <summary>Adds a problem at a place.</summary>
    public void Report(string code, SourcePlace? place, string summary, string? fix = null, Severity severity = Severity.Error) =>
        _problems.Add(new Diagnostic { Code = code, Summary = summary, Place = place, Fix = fix, Severity = severity });

    /// <summary>Reads text; a number or truth value without quotes counts as the text it is written as.</summary>
    /// <returns>Null with a diagnostic when the node is no scalar or the rule refuses it. A marker of an unknown value is unknown.</returns>
    public Value<string>? Text(Node node, string path, TextRule? rule = null)
    {
        if (node is not ScalarNode scalar || scalar.Kind == ScalarKind.Null)
        {
            var fix = node is ScalarNode ? "write a value, or \"\" for empty text" : "write text";
            Report(Codes.WrongType, node, path, $"{Quote(path)} must be text but is {Describe(node)}", fix);
            return null;
        }

        var source = SourceOf(scalar, path);
        if (UnknownMarker.Find(scalar.Text) is { } missing && scalar.Text == UnknownMarker.For(missing)) return Value.Unknown<string>(missing, source);
        if (rule?.Invoke(scalar.Text) is { } complaint)
        {
            Report(Codes.BadValue, scalar, path, $"'{Shorten(scalar.Text)}' {complaint}", "write one that fits");
            return null;
        }

        return Value.Known(scalar.Text, source);
    }

    /// <summary>Reads a whole number within bounds. Text is refused, and so are notations that readers disagree on.</summary>
    /// <returns>Null with a diagnostic when it is none. A marker of an unknown value is unknown.</returns>
    public Value<int>? Integer(Node node, string path, int minimum, int maximum)
    {
        if (node is ScalarNode { Kind: ScalarKind.String } text && UnknownMarker.Find(text.Text) is { } missing)
            return Value.Unknown<int>(missing, SourceOf(node, path));

        if (node is not ScalarNode scalar || scalar.Kind != ScalarKind.Integer)
        {
            var quoted = node is ScalarNode { Kind: ScalarKind.String, IsPlain: false } given && PlainScalars.TryParseInteger(given.Text, out _);
            var fix = quoted ? "remove the quotes" : $"write a number from {minimum} to {maximum}";
            Report(Codes.WrongType, node, path, $"{Quote(path)} must be a whole number but is {Describe(node)}", fix);
            return null;
        }

        var digits = scalar.Text.TrimStart('+', '-');
        if (digits.Length > 1 && digits[0] == '0')
        {
            Report(Codes.WrongType, node, path, $"'{scalar.Text}' is octal or hexadecimal to some readers", "write the number in decimal, without leading zero");
            return null;
        }

        if (!PlainScalars.TryParseInteger(scalar.Text, out var number) || number < minimum || number > maximum)
        {
            var range = maximum == int.MaxValue && number < minimum ? $"{minimum} or more" : $"from {minimum} to {maximum}";
            Report(Codes.BadValue, node, path, $"{Quote(path)} is {scalar.Text} but must be {range}", $"write a number {range}");
            return null;
        }

        return Value.Known((int)number, SourceOf(scalar, path));
    }

    /// <summary>Reads true or false.</summary>
    /// <returns>Null with a diagnostic when it is neither.</returns>
    public bool? Boolean(Node node, string path)
    {
        if (node is ScalarNode { Kind: ScalarKind.Boolean } scalar) return PlainScalars.IsTrue(scalar.Text);
        Report(Codes.WrongType, node, path, $"{Quote(path)} must be true or false but is {Describe(node)}", "write true or false, without quotes");
        return null;
    }

    /// <summary>Reads a mapping with known fields.</summary>
    /// <returns>Null with a diagnostic when it is none.</returns>
    public MappingReader? Mapping(Node node, string path, FieldSet fields)
    {
        if (node is MappingNode mapping) return new MappingReader(this, mapping, path, fields);
        Report(Codes.WrongType, node, path, $"{Quote(path)} must be a mapping but is {Describe(node)}", $"write it with fields such as '{fields.Fields[0]}:'");
        return null;
    }

    /// <summary>A path in quotes, or the document when it is empty.</summary>
    public static string Quote(string path) => path.Length == 0 ? "the document" : $"'{path}'";

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..77]}...";
}
