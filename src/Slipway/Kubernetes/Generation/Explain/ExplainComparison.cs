using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Ownership;
using Slipway.Kubernetes.Ownership.Merging;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>Holds a file on disk against what is generated, value by value.</summary>
internal sealed class ExplainComparison
{
    private readonly GeneratedFile _file;
    private readonly IReadOnlyList<FlatDocument> _generated;
    private readonly IReadOnlyList<FlatDocument> _placed;
    private readonly IReadOnlyList<ulong> _lines;
    private readonly IReadOnlyList<ulong> _generatedLines;
    private readonly HashSet<ulong> _recorded;
    private readonly bool _hasRecord;

    /// <summary>A comparison.</summary>
    /// <param name="file">What is generated.</param>
    /// <param name="text">What stands on disk.</param>
    /// <param name="record">What was generated last; null when nobody recorded it.</param>
    public ExplainComparison(GeneratedFile file, string text, OwnedFile? record)
    {
        _file = file;
        _generated = FlatDocument.Of(file.Documents);
        _placed = FlatDocument.Of(DocumentReader.Read(file.Content, file.Path, new List<Diagnostic>()));
        _lines = new TextLines(text).Prints;
        _generatedLines = new TextLines(file.Content).Prints;
        _hasRecord = record is not null;
        _recorded = [.. record?.UnpackLines() ?? []];
    }

    /// <summary>All paths that are generated.</summary>
    public IEnumerable<string> Paths => _generated.SelectMany(document => document.Values).Select(value => value.Path);

    /// <summary>The values asked for.</summary>
    /// <param name="documents">The documents on disk.</param>
    /// <param name="asked">What is asked for.</param>
    public IReadOnlyList<ExplainedValue> Compare(IReadOnlyList<FlatDocument> documents, ExplainTarget asked)
    {
        var values = new List<ExplainedValue>();
        var matched = new HashSet<FlatDocument>();
        for (var at = 0; at < documents.Count; at++)
        {
            var document = documents[at];
            var index = IndexOf(document, at, matched);
            if (index >= 0) matched.Add(_generated[index]);
            if (IsAsked(document.Name, at, asked)) Compare(document, index, asked, values);
        }

        for (var at = 0; at < _generated.Count; at++)
        {
            if (matched.Contains(_generated[at]) || asked.Line is not null || !IsAsked(_generated[at].Name, at, asked)) continue;
            var index = at;
            values.AddRange(_generated[at].Values.Where(value => asked.Matches(value.Path)).Select(value => Missing(index, value)));
        }

        return values;
    }

    private static bool IsAsked(string name, int index, ExplainTarget asked) =>
        asked.DocumentIndex is { } wanted ? wanted == index : asked.DocumentName is null || string.Equals(asked.DocumentName, name, StringComparison.OrdinalIgnoreCase);

    private int IndexOf(FlatDocument document, int at, HashSet<FlatDocument> matched)
    {
        for (var index = 0; index < _generated.Count; index++)
        {
            if (_generated[index].Name == document.Name && !matched.Contains(_generated[index])) return index;
        }

        return at < _generated.Count && document.Name.StartsWith('[') && _generated[at].Name.StartsWith('[') ? at : -1;
    }

    private void Compare(FlatDocument document, int index, ExplainTarget asked, List<ExplainedValue> values)
    {
        var generated = index < 0
            ? []
            : _generated[index].Values.GroupBy(value => value.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var chosen = document.Values.Where(value => asked.Line is null ? asked.Matches(value.Path) : value.Line == asked.Line).ToList();
        if (chosen.Count == 0 && asked.Line is { } line) chosen = [.. document.Values.Where(value => value.LinesAbove.Contains(line))];
        foreach (var value in chosen) values.Add(Explain(document.Name, value, generated.GetValueOrDefault(value.Key)));
        if (index < 0 || asked.Line is not null) return;
        var present = document.Values.Select(value => value.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var value in _generated[index].Values.Where(value => !present.Contains(value.Key) && asked.Matches(value.Path))) values.Add(Missing(index, value));
    }

    private ExplainedValue Explain(string document, FlatValue value, FlatValue? generated)
    {
        if (generated is not null && generated.IsSame(value))
            return new ExplainedValue(document, value.Path, value.Text, generated.Text, value.Line, SourceOf(generated), generated.Node.Template, ExplainedState.Generated);
        if (_hasRecord && value.Line is { } line && line <= _lines.Count && _recorded.Contains(_lines[line - 1]))
        {
            var earlier = generated is null ? Provenance.Derived("an earlier generation") : SourceOf(generated);
            return new ExplainedValue(document, value.Path, value.Text, generated?.Text, value.Line, earlier, generated?.Node.Template, ExplainedState.Outdated);
        }

        var source = new Provenance(ProvenanceKind.Edited, "written by hand", value.Node.PlaceIn(_file.Path));
        return new ExplainedValue(document, value.Path, value.Text, generated?.Text, value.Line, source, generated?.Node.Template, ExplainedState.Edited);
    }

    // What was generated before and is gone was removed by a person; what was not is only not written yet.
    private ExplainedValue Missing(int index, FlatValue value)
    {
        var line = _placed.Count > index ? _placed[index].Values.FirstOrDefault(placed => placed.Key == value.Key)?.Line : null;
        var wasThere = !_hasRecord || (line is { } number && number <= _generatedLines.Count && _recorded.Contains(_generatedLines[number - 1]));
        return new ExplainedValue(
            _generated[index].Name,
            value.Path,
            null,
            value.Text,
            null,
            SourceOf(value),
            value.Node.Template,
            wasThere ? ExplainedState.Removed : ExplainedState.Outdated);
    }

    private static Provenance SourceOf(FlatValue value) => value.Node.Source ?? new Provenance(ProvenanceKind.Template, "the template's own text", value.Node.Template);
}
