using System.Collections.Concurrent;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;

namespace Slipway.Templates;

/// <summary>
/// A template of YAML documents: <c>{{ value }}</c>, <c>{{#if}}</c>, <c>{{#unless}}</c>, <c>{{#each}}</c>, <c>{{#with}}</c>, <c>{{else}}</c>,
/// <c>{{! comment }}</c>, <c>../name</c>, <c>@root.name</c>, <c>this</c>, <c>@key</c>, <c>@index</c>, <c>@first</c>, <c>@last</c>, <c>\{{</c>.
/// Values never pass through text: the template is written with an opaque placeholder at each value's place, parsed as YAML, and then each
/// placeholder is replaced by the value's own node. Safe for concurrent use.
/// </summary>
public sealed class Template
{
    // A way through a template that is seen only once should not be kept for ever.
    private const int MaximumSkeletons = 4096;

    private readonly IReadOnlyList<TemplatePart> _parts;
    private readonly ConcurrentDictionary<string, Skeleton> _skeletons = new(StringComparer.Ordinal);

    private Template(string name, string file, string text, IReadOnlyList<TemplatePart> parts)
    {
        Name = name;
        File = file;
        Text = text;
        _parts = parts;
        (Makes, Shape, Values) = TemplateHead.Read(text);
    }

    /// <summary>The template's name, such as <c>network-policy</c>.</summary>
    public string Name { get; }

    /// <summary>The file's name for diagnostics and provenance, such as <c>templates/network-policy.yaml</c>.</summary>
    public string File { get; }

    /// <summary>The text, with LF line ends.</summary>
    public string Text { get; }

    /// <summary>What it makes, as its head says; empty without a head.</summary>
    public string Makes { get; }

    /// <summary>The values it takes, as its head lists them.</summary>
    public IReadOnlyList<ValueShape> Values { get; }

    internal ValueShape Shape { get; }

    private IEnumerable<(int Line, string? Kind)> Kinds => Text.Split('\n')
        .Select((line, at) => (Line: at + 1, Kind: line.StartsWith("kind:", StringComparison.Ordinal) ? line["kind:".Length..].Trim().Trim('"', '\'') : null))
        .Where(line => line.Kind is not null);

    /// <summary>Parses a template.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file's name for diagnostics.</param>
    /// <param name="text">Its text.</param>
    /// <param name="problems">Receives what is wrong (SLW1301).</param>
    /// <returns>The template, or null with problems.</returns>
    public static Template? Parse(string name, string file, string text, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var normal = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var template = new Template(name, file, normal, TemplateParser.Parse(normal, file, found));
        foreach (var problem in found) problems.Add(problem);
        return found.Count == 0 ? template : null;
    }

    /// <summary>Reports the names in this template that the given one's values do not have (SLW1303), and that it does not make the same kind (SLW1309).</summary>
    /// <param name="original">The built-in template, whose head lists the values.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public void CheckAgainst(Template original, ICollection<Diagnostic> problems)
    {
        new TemplateCheck(File, problems).Check(_parts, original.Shape);
        if (original.Kinds.FirstOrDefault() is not { Kind: { } wanted } || Kinds.Any(line => line.Kind == wanted)) return;
        var other = Kinds.FirstOrDefault();
        problems.Add(new Diagnostic
        {
            Code = TemplateCodes.OtherKind,
            Summary = other.Kind is null ? $"the template makes no {wanted}" : $"the template makes a {other.Kind} in the place of a {wanted}",
            Place = new SourcePlace(File, Math.Max(1, other.Line), 1),
            Fix = $"write 'kind: {wanted}'",
        });
    }

    /// <summary>Renders documents.</summary>
    /// <param name="values">The values by name; each node's <see cref="Node.Source"/> is kept.</param>
    /// <param name="problems">Receives what is wrong (SLW1304 to SLW1307), at the template's lines.</param>
    /// <returns>The documents; not to be used when a problem was reported.</returns>
    public IReadOnlyList<Document> Render(MappingNode values, ICollection<Diagnostic> problems)
    {
        var scope = new TemplateScope(values, null);
        var run = new TemplateRun(File, problems, writing: false);
        run.Walk(_parts, scope);
        var decisions = run.Decisions;
        if (!_skeletons.TryGetValue(decisions, out var skeleton))
        {
            var written = new TemplateRun(File, [], writing: true);
            written.Walk(_parts, scope);
            skeleton = Skeleton.Parse(written, File, problems);
            if (skeleton is null) return [];
            if (_skeletons.Count < MaximumSkeletons) _skeletons.TryAdd(decisions, skeleton);
        }

        return skeleton.Fill(run.Values, problems);
    }
}
