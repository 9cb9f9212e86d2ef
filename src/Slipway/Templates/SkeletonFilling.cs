using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Templates;

/// <summary>Puts values into a skeleton.</summary>
internal sealed class SkeletonFilling(IReadOnlyList<Node> values, ICollection<Diagnostic> problems)
{
    public Node Fill(SkeletonPart part) => part switch
    {
        SkeletonPart.Constant constant => constant.Scalar,
        SkeletonPart.Slot slot => Place(values[slot.Index], slot.Place),
        SkeletonPart.Joined joined => Join(joined),
        SkeletonPart.Sequence sequence => FillSequence(sequence),
        SkeletonPart.Mapping mapping => FillMapping(mapping),
        _ => throw new InvalidOperationException("Skeleton parts are a closed set."),
    };

    private static Node Place(Node value, SourcePlace place) => value switch
    {
        ScalarNode scalar => new ScalarNode(scalar.Text, scalar.Kind) { Source = scalar.Source, Template = place },
        SequenceNode sequence => CopySequence(sequence, place),
        MappingNode mapping => CopyMapping(mapping, place),
        _ => throw new InvalidOperationException("Nodes are a closed set."),
    };

    private static SequenceNode CopySequence(SequenceNode sequence, SourcePlace place)
    {
        var copy = new SequenceNode { Source = sequence.Source, Template = sequence.Template ?? place };
        foreach (var item in sequence) copy.Add(Place(item, place));
        return copy;
    }

    private static MappingNode CopyMapping(MappingNode mapping, SourcePlace place)
    {
        var copy = new MappingNode { Source = mapping.Source, Template = mapping.Template ?? place };
        foreach (var entry in mapping) copy.Add(entry.Key, Place(entry.Value, place));
        return copy;
    }

    private SequenceNode FillSequence(SkeletonPart.Sequence sequence)
    {
        var filled = new SequenceNode { Template = sequence.Place };
        foreach (var item in sequence.Items) filled.Add(Fill(item));
        return filled;
    }

    private MappingNode FillMapping(SkeletonPart.Mapping mapping)
    {
        var filled = new MappingNode { Template = mapping.Place };
        foreach (var (keyPart, valuePart) in mapping.Entries)
        {
            var key = keyPart is SkeletonPart.Joined { Slots.Count: 0 } constant ? constant.Texts[0] : ((ScalarNode)Fill(keyPart)).Text;
            var value = Fill(valuePart);
            if (filled.Has(key)) ReportDuplicate(key, keyPart);
            else filled.Add(key, value);
        }

        return filled;
    }

    private ScalarNode Join(SkeletonPart.Joined joined)
    {
        var text = new StringBuilder(joined.Texts[0]);
        var source = joined.Source;
        for (var at = 0; at < joined.Slots.Count; at++)
        {
            var value = values[joined.Slots[at]];
            if (value is ScalarNode { Kind: not ScalarKind.Null } scalar) text.Append(scalar.Text);
            else if (value is not ScalarNode) ReportStructure(joined);
            text.Append(joined.Texts[at + 1]);
            if (value.Source is { } known) source = at == 0 ? known : Both(source, known);
        }

        return new ScalarNode(text.ToString()) { Source = source, Template = joined.Place };
    }

    private static Provenance Both(Provenance one, Provenance other) =>
        one == other ? one : Provenance.Derived($"{one.Origin} and {other.Origin}") with { Place = one.Place ?? other.Place };

    private void ReportDuplicate(string key, SkeletonPart part) => problems.Add(new Diagnostic
    {
        Code = TemplateCodes.DuplicateKey,
        Summary = $"the key '{key}' stands twice once the values are in their places",
        Place = part is SkeletonPart.Joined joined ? joined.Place : null,
        Fix = "name the key once, or leave it out of the values",
    });

    private void ReportStructure(SkeletonPart.Joined joined) => problems.Add(new Diagnostic
    {
        Code = TemplateCodes.StructureInText,
        Summary = "a list or a mapping stands inside a text or in quotes",
        Place = joined.Place,
        Fix = "let the value stand alone and unquoted after the colon or the dash",
    });
}
