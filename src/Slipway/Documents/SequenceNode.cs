using System.Collections;

namespace Slipway.Documents;

/// <summary>An ordered list of nodes.</summary>
public sealed class SequenceNode : Node, IReadOnlyList<Node>
{
    private readonly List<Node> _items = [];

    /// <summary>An empty list.</summary>
    public SequenceNode()
    {
    }

    /// <summary>A list of nodes.</summary>
    public SequenceNode(IEnumerable<Node> items) => _items.AddRange(items);

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public Node this[int index] => _items[index];

    /// <summary>Adds a node at the end.</summary>
    public SequenceNode Add(Node item)
    {
        _items.Add(item);
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<Node> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
