using Slipway.Documents;

namespace Slipway.Platform.Reading;

/// <summary>Nodes of values, each with its provenance; an unknown value is its marker.</summary>
internal static class InventoryNodes
{
    /// <summary>A text.</summary>
    public static ScalarNode Text(Value<string> value) =>
        ScalarNode.Of(value.TryGet(out var text) ? text : UnknownMarker.For(value.UnknownName!), value.Source);

    /// <summary>A number.</summary>
    public static ScalarNode Number(Value<int> value) =>
        value.TryGet(out var number) ? ScalarNode.Of(number, value.Source) : ScalarNode.Of(UnknownMarker.For(value.UnknownName!), value.Source);

    /// <summary>A list of texts.</summary>
    public static SequenceNode Texts(IEnumerable<Value<string>> values) => new(values.Select(Text));

    /// <summary>A list of words that carry no provenance of their own.</summary>
    public static SequenceNode Words(IEnumerable<string> words, Provenance source) => new(words.Select(word => ScalarNode.Of(word, source)));

    /// <summary>Adds a text unless it is null.</summary>
    public static MappingNode AddIf(this MappingNode node, string key, Value<string>? value) => value is null ? node : node.Add(key, Text(value));

    /// <summary>Adds a number unless it is null.</summary>
    public static MappingNode AddIf(this MappingNode node, string key, Value<int>? value) => value is null ? node : node.Add(key, Number(value));

    /// <summary>Adds a list unless it is empty.</summary>
    public static MappingNode AddIf(this MappingNode node, string key, SequenceNode list) => list.Count == 0 ? node : node.Add(key, list);

    /// <summary>Adds a mapping unless it is empty.</summary>
    public static MappingNode AddIf(this MappingNode node, string key, MappingNode mapping) => mapping.Count == 0 ? node : node.Add(key, mapping);
}
