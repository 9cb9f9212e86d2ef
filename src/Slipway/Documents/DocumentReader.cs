using Slipway.Coordination.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Slipway.Documents;

/// <summary>
/// Reads YAML (and so JSON) into nodes with their places. Reports duplicate keys, tabs, undefined anchors and
/// aliases that blow a small text up, each with line and column.
/// </summary>
public sealed class DocumentReader
{
    /// <summary>The code of text that is not YAML.</summary>
    public const string SyntaxCode = "SLW2201";

    /// <summary>The code of a key that stands twice.</summary>
    public const string DuplicateKeyCode = "SLW2202";

    /// <summary>The code of aliases that expand too far.</summary>
    public const string ExpansionCode = "SLW2203";

    /// <summary>The code of nesting that is too deep.</summary>
    public const string DepthCode = "SLW2204";

    /// <summary>The code of a key that is not a scalar.</summary>
    public const string ComplexKeyCode = "SLW2205";

    private const int MaximumDepth = 200;
    private const int MaximumNodes = 2_000_000;
    private const int MaximumExpansion = 100_000;

    private readonly Parser _parser;
    private readonly string _file;
    private readonly ICollection<Diagnostic> _problems;
    private readonly Dictionary<string, (Node Node, int Size)> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private int _expanded;

    private DocumentReader(string text, string file, ICollection<Diagnostic> problems)
    {
        _parser = new Parser(new StringReader(text));
        _file = file;
        _problems = problems;
    }

    /// <summary>Reads all documents of a text.</summary>
    /// <param name="text">The YAML or JSON text.</param>
    /// <param name="file">The file's name for diagnostics.</param>
    /// <param name="problems">Receives what is wrong; an error means that the result is not to be used.</param>
    /// <returns>The documents up to the first syntax error; empty ones are left out.</returns>
    public static IReadOnlyList<Document> Read(string text, string file, ICollection<Diagnostic> problems)
    {
        var documents = new List<Document>();
        var reader = new DocumentReader(text, file, problems);
        try
        {
            reader.ReadAll(documents);
        }
        catch (YamlException exception) when (BlockScalars.IsComplaint(exception) && BlockScalars.WithEmptyFirstLines(text) is var tidy && tidy != text)
        {
            return Read(tidy, file, problems);
        }
        catch (YamlException exception)
        {
            problems.Add(YamlProblems.Describe(exception, text, file));
        }
        catch (InvalidOperationException)
        {
            // The parser's way of saying that text follows the end of the last document.
            problems.Add(reader.Problem(SyntaxCode, reader._parser.Current!, "this is not YAML: text follows the end of the document", "begin a new document with '---', or remove '...'"));
        }
        catch (ArgumentException)
        {
            problems.Add(reader.Problem(SyntaxCode, reader._parser.Current!, "this is not YAML: behind this place a tag is no address", "quote the text that begins with '!'"));
        }
        catch (DocumentLimitException exception)
        {
            problems.Add(exception.Diagnostic);
        }

        return documents;
    }

    /// <summary>Reads a text that must hold exactly one document.</summary>
    /// <returns>
    /// The root, or null with a diagnostic. A key that stands twice or is no text is an error, but the root is there (with the first of the two), so
    /// that what else is wrong can be told at once; the caller refuses the document whenever an error was reported.
    /// </returns>
    public static Node? ReadSingle(string text, string file, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var documents = Read(text, file, found);
        foreach (var problem in found) problems.Add(problem);
        if (found.Exists(problem => problem is { Severity: Severity.Error, Code: not (DuplicateKeyCode or ComplexKeyCode) })) return null;
        if (documents.Count == 1) return documents[0].Root;
        problems.Add(new Diagnostic
        {
            Code = SyntaxCode,
            Summary = documents.Count == 0 ? "the file is empty" : $"the file holds {documents.Count} documents where one is expected",
            Place = documents.Count == 0 ? new SourcePlace(file) : documents[1].Root.PlaceIn(file),
            Fix = documents.Count == 0 ? "write the content, or remove the file" : "remove all but one",
        });
        return null;
    }

    private static NodePosition At(ParsingEvent read) => new((int)read.Start.Line, (int)read.Start.Column);

    private void ReadAll(List<Document> documents)
    {
        _parser.Consume<StreamStart>();
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            _anchors.Clear();
            var root = ReadNode(0);
            _parser.Consume<DocumentEnd>();
            if (root is not ScalarNode { Kind: ScalarKind.Null, Text: "" }) documents.Add(new Document(root));
        }
    }

    private Node ReadNode(int depth)
    {
        var start = _parser.Current!;
        if (depth > MaximumDepth) throw Limit(DepthCode, start, $"nesting is deeper than {MaximumDepth} levels", "flatten the document");
        if (++_nodes > MaximumNodes) throw Limit(ExpansionCode, start, $"the file holds more than {MaximumNodes} values", "split it into several files");

        if (_parser.TryConsume<AnchorAlias>(out var alias)) return ReadAlias(alias);

        var before = _nodes;
        Node node;
        AnchorName anchor;
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            anchor = scalar.Anchor;
            node = ReadScalar(scalar);
        }
        else if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            anchor = sequence.Anchor;
            var list = new SequenceNode { Position = At(sequence) };
            while (!_parser.TryConsume<SequenceEnd>(out _)) list.Add(ReadNode(depth + 1));
            node = list;
        }
        else
        {
            var mapping = _parser.Consume<MappingStart>();
            anchor = mapping.Anchor;
            node = ReadMapping(mapping, depth);
        }

        if (!anchor.IsEmpty) _anchors[anchor.Value] = (node, _nodes - before + 1);
        return node;
    }

    private static ScalarNode ReadScalar(Scalar scalar)
    {
        var plain = scalar.Style == ScalarStyle.Plain;
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? null : scalar.Tag.Value;
        var kind = tag switch
        {
            "tag:yaml.org,2002:str" => ScalarKind.String,
            "tag:yaml.org,2002:null" => ScalarKind.Null,
            _ when plain => PlainScalars.Resolve(scalar.Value),
            _ => ScalarKind.String,
        };
        return new ScalarNode(scalar.Value, kind) { Position = At(scalar), IsPlain = plain };
    }

    private MappingNode ReadMapping(MappingStart start, int depth)
    {
        var mapping = new MappingNode { Position = At(start) };
        List<Node>? merged = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyEvent = _parser.Current!;
            if (ReadNode(depth + 1) is not ScalarNode key)
            {
                Report(ComplexKeyCode, keyEvent, "a key is a list or a mapping", "use text as key");
                ReadNode(depth + 1);
                continue;
            }

            var value = ReadNode(depth + 1);
            if (key is { Text: "<<", IsPlain: true }) (merged ??= []).Add(value);
            else if (mapping.Has(key.Text)) Report(DuplicateKeyCode, keyEvent, $"the key '{key.Text}' stands twice", "remove one of the two");
            else mapping.Add(key.Text, value, At(keyEvent));
        }

        foreach (var source in merged ?? []) Merge(mapping, source, start);
        return mapping;
    }

    // YAML 1.1 merge keys: what the mapping itself says wins, then earlier sources.
    private void Merge(MappingNode mapping, Node source, MappingStart start)
    {
        switch (source)
        {
            case MappingNode other:
                foreach (var entry in other)
                {
                    if (!mapping.Has(entry.Key)) mapping.Add(entry.Key, entry.Value, entry.KeyPosition);
                }

                break;
            case SequenceNode list:
                foreach (var item in list) Merge(mapping, item, start);
                break;
            default:
                Report(SyntaxCode, start, "'<<' must name a mapping", "merge a mapping or a list of mappings");
                break;
        }
    }

    private Node ReadAlias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
            throw Limit(SyntaxCode, alias, $"the alias '*{alias.Value.Value}' has no anchor before it", "define the anchor, or quote the text");
        _expanded += target.Size;
        _nodes += target.Size;
        if (_expanded > MaximumExpansion)
            throw Limit(ExpansionCode, alias, $"aliases expand to more than {MaximumExpansion} values", "write the values out, or repeat them less");
        return target.Node;
    }

    private void Report(string code, ParsingEvent at, string summary, string fix) => _problems.Add(Problem(code, at, summary, fix));

    private DocumentLimitException Limit(string code, ParsingEvent at, string summary, string fix) => new(Problem(code, at, summary, fix));

    private Diagnostic Problem(string code, ParsingEvent at, string summary, string fix) => new()
    {
        Code = code,
        Summary = summary,
        Place = new SourcePlace(_file, (int)at.Start.Line, (int)at.Start.Column),
        Fix = fix,
    };
}
