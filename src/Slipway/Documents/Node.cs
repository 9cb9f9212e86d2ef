using Slipway.Coordination.Diagnostics;
using Slipway.Platform;

namespace Slipway.Documents;

/// <summary>
/// A node of a YAML or JSON document: <see cref="MappingNode"/>, <see cref="SequenceNode"/> or <see cref="ScalarNode"/>.
/// It knows where it was read and where its value came from.
/// </summary>
public abstract class Node
{
    private protected Node()
    {
    }

    /// <summary>Where the node stands in the text it was read from; null when it was made, not read.</summary>
    public NodePosition? Position { get; init; }

    /// <summary>Where the value came from; null when nobody said.</summary>
    public Provenance? Source { get; init; }

    /// <summary>The template and line that put the node here; null when no template did.</summary>
    public SourcePlace? Template { get; init; }

    /// <summary>The place of this node for a diagnostic.</summary>
    /// <param name="file">The file it was read from.</param>
    /// <param name="path">The path inside the document, or null.</param>
    public SourcePlace PlaceIn(string file, string? path = null) => new(file, Position?.Line, Position?.Column, path);
}
