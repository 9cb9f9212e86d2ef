using System.Globalization;
using Slipway.Documents;

namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>A document as a list of its values, each with a path to show and a key to compare by.</summary>
internal sealed class FlatDocument
{
    private readonly List<FlatValue> _values = [];

    private FlatDocument(string name) => Name = name;

    /// <summary><c>Kind/name</c>, or the place in the file such as <c>[2]</c>.</summary>
    public string Name { get; }

    /// <summary>The values in order.</summary>
    public IReadOnlyList<FlatValue> Values => _values;

    /// <summary>Flattens the documents of a file.</summary>
    public static IReadOnlyList<FlatDocument> Of(IReadOnlyList<Document> documents)
    {
        var result = new List<FlatDocument>(documents.Count);
        for (var at = 0; at < documents.Count; at++)
        {
            var root = documents[at].Root;
            var flat = new FlatDocument(NameOf(root) ?? string.Create(CultureInfo.InvariantCulture, $"[{at}]"));
            flat.Walk(root, "", "", null, []);
            result.Add(flat);
        }

        return result;
    }

    private static string? NameOf(Node root) =>
        root is MappingNode mapping && mapping.Text("kind") is { } kind && mapping.Mapping("metadata")?.Text("name") is { } name ? $"{kind}/{name}" : null;

    private void Walk(Node node, string path, string key, int? line, IReadOnlyList<int> above)
    {
        switch (node)
        {
            case MappingNode { Count: > 0 } mapping:
                foreach (var entry in mapping)
                {
                    var step = Step(entry.Key, path.Length == 0);
                    var at = entry.KeyPosition?.Line;
                    Walk(entry.Value, path + step, key + step, at, at is { } number ? [.. above, number] : above);
                }

                break;
            case SequenceNode { Count: > 0 } sequence:
                for (var at = 0; at < sequence.Count; at++)
                {
                    var place = string.Create(CultureInfo.InvariantCulture, $"[{at}]");
                    Walk(sequence[at], path + place, key + KeyOf(sequence, at, place), null, above);
                }

                break;
            default:
                _values.Add(new FlatValue(path, key, node, node.Position?.Line ?? line, above));
                break;
        }
    }

    // Named list items are the same item wherever they stand, so that an inserted one does not make all behind it look edited.
    private static string KeyOf(SequenceNode sequence, int at, string place)
    {
        if (sequence[at] is not MappingNode item || item.Text("name") is not { } name) return place;
        return sequence.OfType<MappingNode>().Count(other => other.Text("name") == name) == 1 ? $"[name={name}]" : place;
    }

    private static string Step(string key, bool isFirst)
    {
        if (key.AsSpan().IndexOfAny('.', '/', ' ') >= 0) return $"[\"{key}\"]";
        return isFirst ? key : $".{key}";
    }
}
