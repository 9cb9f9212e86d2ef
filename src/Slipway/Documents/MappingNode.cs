using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Slipway.Documents;

/// <summary>An ordered mapping from text to nodes. Keys are unique.</summary>
public sealed class MappingNode : Node, IReadOnlyCollection<MappingEntry>
{
    private const int IndexFrom = 12;

    private readonly List<MappingEntry> _entries = [];
    private Dictionary<string, int>? _index;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>The entry at a position in order.</summary>
    public MappingEntry this[int index] => _entries[index];

    /// <summary>The value of a key, or null when there is none. Setting replaces in place or adds at the end.</summary>
    [DisallowNull]
    public Node? this[string key]
    {
        get => Find(key) is var at and >= 0 ? _entries[at].Value : null;
        set
        {
            var at = Find(key);
            if (at >= 0) _entries[at] = _entries[at] with { Value = value };
            else Add(key, value);
        }
    }

    /// <summary>Adds an entry at the end.</summary>
    /// <exception cref="ArgumentException">The key is there already.</exception>
    public MappingNode Add(string key, Node value, NodePosition? keyPosition = null)
    {
        if (Find(key) >= 0) throw new ArgumentException($"The key '{key}' is there already.", nameof(key));
        if (_entries.Count == IndexFrom)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var at = 0; at < _entries.Count; at++) _index[_entries[at].Key] = at;
        }

        _index?.Add(key, _entries.Count);
        _entries.Add(new MappingEntry(key, value, keyPosition));
        return this;
    }

    /// <summary>Adds an entry with text.</summary>
    public MappingNode Add(string key, string value) => Add(key, ScalarNode.Of(value));

    /// <summary>Gets a value by key.</summary>
    public bool TryGet(string key, [MaybeNullWhen(false)] out Node value)
    {
        value = this[key];
        return value is not null;
    }

    /// <summary>True when the key is there.</summary>
    public bool Has(string key) => Find(key) >= 0;

    /// <summary>The mapping under a key, or null when there is none or it is something else.</summary>
    public MappingNode? Mapping(string key) => this[key] as MappingNode;

    /// <summary>The list under a key, or null when there is none or it is something else.</summary>
    public SequenceNode? Sequence(string key) => this[key] as SequenceNode;

    /// <summary>The text of the scalar under a key, or null when there is none, it is null, or it is something else.</summary>
    public string? Text(string key) => this[key] is ScalarNode { Kind: not ScalarKind.Null } scalar ? scalar.Text : null;

    /// <inheritdoc/>
    public IEnumerator<MappingEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string key)
    {
        if (_index is not null) return _index.TryGetValue(key, out var found) ? found : -1;
        for (var at = 0; at < _entries.Count; at++)
        {
            if (string.Equals(_entries[at].Key, key, StringComparison.Ordinal)) return at;
        }

        return -1;
    }
}
