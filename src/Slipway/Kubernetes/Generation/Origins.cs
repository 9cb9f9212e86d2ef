using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation;

/// <summary>Says where nodes came from that nobody has said it of: those that a tool puts there itself.</summary>
internal static class Origins
{
    /// <summary>A copy in which every scalar has a source.</summary>
    public static MappingNode Complete(MappingNode root, Provenance source) => (MappingNode)Copy(root, source);

    /// <summary>A copy in which every scalar has a source.</summary>
    public static Document Complete(Document document, Provenance source) => document with { Root = Copy(document.Root, source) };

    private static Node Copy(Node node, Provenance source)
    {
        switch (node)
        {
            case MappingNode mapping:
                var copy = new MappingNode { Source = mapping.Source, Template = mapping.Template };
                foreach (var entry in mapping) copy.Add(entry.Key, Copy(entry.Value, source));
                return copy;
            case SequenceNode sequence:
                return new SequenceNode(sequence.Select(item => Copy(item, source))) { Source = sequence.Source, Template = sequence.Template };
            case ScalarNode { Source: null } scalar:
                return new ScalarNode(scalar.Text, scalar.Kind) { Source = source, Template = scalar.Template };
            default:
                return node;
        }
    }
}
