using System.Globalization;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Templates;

/// <summary>The parsed result of one way through a template; values are put into a copy of it.</summary>
internal sealed class Skeleton
{
    private readonly IReadOnlyList<SkeletonPart> _roots;

    private Skeleton(IReadOnlyList<SkeletonPart> roots) => _roots = roots;

    /// <summary>Parses the text that a run wrote.</summary>
    /// <returns>The skeleton, or null with problems at the template's lines.</returns>
    public static Skeleton? Parse(TemplateRun run, string file, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var documents = DocumentReader.Read(run.Text, file, found);
        if (found.Count == 0) return new Skeleton([.. documents.Select(document => Convert(document.Root, file, run.Lines))]);
        foreach (var problem in found)
        {
            var line = TemplateLine(problem.Place?.Line ?? 1, run.Lines);
            problems.Add(problem with
            {
                Code = TemplateCodes.NotYaml,
                Summary = $"the template's result is not YAML: {Readable(problem.Summary)}",
                Place = new SourcePlace(file, line),
            });
        }

        return null;
    }

    /// <summary>Makes documents with values in their places.</summary>
    public IReadOnlyList<Document> Fill(IReadOnlyList<Node> values, ICollection<Diagnostic> problems)
    {
        var filling = new SkeletonFilling(values, problems);
        return [.. _roots.Select(root => new Document(filling.Fill(root)))];
    }

    private static SkeletonPart Convert(Node node, string file, IReadOnlyList<int> lines)
    {
        var place = new SourcePlace(file, TemplateLine(node.Position?.Line ?? 1, lines));
        return node switch
        {
            MappingNode mapping => new SkeletonPart.Mapping(
                [.. mapping.Select(entry => (ConvertText(entry.Key, PlaceOf(entry.KeyPosition, place)), Convert(entry.Value, file, lines)))],
                place),
            SequenceNode sequence => new SkeletonPart.Sequence([.. sequence.Select(item => Convert(item, file, lines))], place),
            ScalarNode scalar => ConvertScalar(scalar, place),
            _ => throw new InvalidOperationException("Nodes are a closed set."),
        };

        SourcePlace PlaceOf(NodePosition? position, SourcePlace otherwise) =>
            position is { } known ? new SourcePlace(file, TemplateLine(known.Line, lines)) : otherwise;
    }

    private static SkeletonPart ConvertScalar(ScalarNode scalar, SourcePlace place)
    {
        if (!scalar.Text.Contains(TemplateLexer.PlaceholderStart, StringComparison.Ordinal))
        {
            return new SkeletonPart.Constant(new ScalarNode(scalar.Text, scalar.Kind)
            {
                Source = new Provenance(ProvenanceKind.Template, place.File!, place),
                Template = place,
            });
        }

        var text = (SkeletonPart.Joined)ConvertText(scalar.Text, place);
        return scalar.IsPlain && text is { Texts: ["", ""], Slots: [var only] } ? new SkeletonPart.Slot(only, place) : text;
    }

    private static SkeletonPart ConvertText(string text, SourcePlace place)
    {
        List<string> texts = [];
        List<int> slots = [];
        var at = 0;
        int start;
        while ((start = text.IndexOf(TemplateLexer.PlaceholderStart, at)) >= 0)
        {
            var end = text.IndexOf(TemplateLexer.PlaceholderEnd, start);
            texts.Add(text[at..start]);
            slots.Add(int.Parse(text.AsSpan(start + 1, end - start - 1), NumberStyles.None, CultureInfo.InvariantCulture));
            at = end + 1;
        }

        texts.Add(text[at..]);
        return new SkeletonPart.Joined(texts, slots, place);
    }

    private static int TemplateLine(int line, IReadOnlyList<int> lines) =>
        lines.Count == 0 ? 1 : lines[Math.Clamp(line, 1, lines.Count) - 1];

    private static string Readable(string summary)
    {
        var start = summary.IndexOf(TemplateLexer.PlaceholderStart, StringComparison.Ordinal);
        var end = start < 0 ? -1 : summary.IndexOf(TemplateLexer.PlaceholderEnd, start);
        return end < 0 ? summary : Readable($"{summary[..start]}{{{{…}}}}{summary[(end + 1)..]}");
    }
}
