using System.Globalization;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>Makes nodes of facts. An unknown one becomes its marker.</summary>
internal static class ContextNodes
{
    public static Node Of(Value<string> value) => Write(value, (text, source) => ScalarNode.Of(text, source));

    public static Node Of(Value<int> value) => Write(value, (number, source) => ScalarNode.Of(number, source));

    public static Node Of(Value<IReadOnlyList<string>> value) =>
        Write<IReadOnlyList<string>>(value, (items, source) => new SequenceNode(items.Select(item => ScalarNode.Of(item, source))) { Source = source });

    /// <summary>A number as text.</summary>
    public static Node TextOf(Value<int> value) => Write(value, (number, source) => ScalarNode.Of(number.ToString(CultureInfo.InvariantCulture), source));

    /// <summary>Adds an entry unless the value is absent.</summary>
    public static MappingNode AddIfAny(this MappingNode mapping, string key, Value<string>? value) =>
        value is null ? mapping : mapping.Add(key, Of(value));

    private static Node Write<T>(Value<T> value, Func<T, Provenance, Node> write)
        where T : notnull
    {
        if (value.IsSensitive) throw new InvalidOperationException($"A sensitive value ({value.Source}) must not reach the context files.");
        return value.TryGet(out var content) ? write(content, value.Source) : ScalarNode.Of(UnknownMarker.For(value.UnknownName!), value.Source);
    }
}
