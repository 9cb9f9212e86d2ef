using Slipway.Documents;

namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>A value of a document: a scalar, or an empty list or mapping.</summary>
/// <param name="Path">The path to show.</param>
/// <param name="Key">The path to compare by.</param>
/// <param name="Node">The node.</param>
/// <param name="Line">The line it begins on; null when it was made, not read.</param>
/// <param name="LinesAbove">The lines of the keys it stands under.</param>
internal sealed record FlatValue(string Path, string Key, Node Node, int? Line, IReadOnlyList<int> LinesAbove)
{
    /// <summary>The value's text.</summary>
    public string Text => Node switch
    {
        ScalarNode scalar => scalar.Text,
        MappingNode => "{}",
        _ => "[]",
    };

    /// <summary>True when Kubernetes reads both as the same value.</summary>
    public bool IsSame(FlatValue other) => Text == other.Text && (Node as ScalarNode)?.Kind == (other.Node as ScalarNode)?.Kind;
}
