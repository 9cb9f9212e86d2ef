using System.Globalization;
using System.Text;
using Slipway.Documents;

namespace Slipway.Kubernetes.Validation;

/// <summary>The way from the root of a document to a node. It is turned into text only when a finding needs it.</summary>
internal sealed class NodePath
{
    private readonly NodePath? _parent;
    private readonly string? _key;
    private readonly int _index;

    private NodePath(NodePath? parent, string? key, int index)
    {
        _parent = parent;
        _key = key;
        _index = index;
    }

    public static NodePath Root { get; } = new(null, null, -1);

    public NodePath this[string key] => new(this, key, -1);

    public NodePath this[int index] => new(this, null, index);

    /// <summary>A way through keys joined by dots, such as <c>spec.template.spec</c>.</summary>
    public static NodePath Of(string dotted)
    {
        var path = Root;
        foreach (var key in dotted.Split('.')) path = path[key];
        return path;
    }

    /// <summary>The place of the node: its key's where it has one, else its own; that of the deepest node on the way when it is missing.</summary>
    public NodePosition? Locate(Node root) => Locate(root, out _);

    /// <summary>The place of the node.</summary>
    /// <param name="root">The document.</param>
    /// <param name="found">The node itself; null when the way ends before it.</param>
    public NodePosition? Locate(Node root, out Node? found)
    {
        if (_parent is null)
        {
            found = root;
            return root.Position;
        }

        var position = _parent.Locate(root, out var parent);
        found = null;
        if (_key is not null && parent is MappingNode mapping)
        {
            foreach (var entry in mapping)
            {
                if (entry.Key != _key) continue;
                found = entry.Value;
                return entry.KeyPosition ?? entry.Value.Position ?? position;
            }
        }
        else if (_key is null && parent is SequenceNode sequence && _index < sequence.Count)
        {
            found = sequence[_index];
            return found.Position ?? position;
        }

        return position;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        if (_parent is null) return;
        _parent.Write(text);
        if (_key is null) text.Append(CultureInfo.InvariantCulture, $"[{_index}]");
        else if (_key.AsSpan().IndexOfAny('.', '/', ' ') >= 0) text.Append(CultureInfo.InvariantCulture, $"[\"{_key}\"]");
        else text.Append(text.Length > 0 ? "." : "").Append(_key);
    }
}
