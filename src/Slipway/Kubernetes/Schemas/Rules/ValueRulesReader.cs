using System.Globalization;
using Slipway.Documents;

namespace Slipway.Kubernetes.Schemas.Rules;

/// <summary>Reads the rules of a part of an <c>openAPIV3Schema</c>.</summary>
internal static class ValueRulesReader
{
    /// <summary>Reads what a structural part demands beyond types, required fields and the values of text, which are read elsewhere.</summary>
    /// <returns>The rules; null when there are none.</returns>
    public static ValueRules? Read(MappingNode schema)
    {
        var rules = ReadScalars(schema);
        rules = rules with
        {
            Values = schema.Text("type") == "string" ? null : rules.Values,
            Keys = schema.Text("x-kubernetes-list-type") switch
            {
                "set" => [],
                "map" => Texts(schema, "x-kubernetes-list-map-keys"),
                _ => null,
            },
        };
        return rules.IsEmpty ? null : rules;
    }

    private static ValueRules ReadScalars(MappingNode schema) => new()
    {
        Values = schema.Sequence("enum")?.OfType<ScalarNode>().ToList(),
        Pattern = schema.Text("pattern") is { } pattern ? TextPattern.Of(pattern) : null,
        Format = schema.Text("format") is "ipv4" or "ipv6" or "cidr" or "uuid" or "byte" or "date" or "int32" ? schema.Text("format") : null,
        Minimum = Limit(schema, "minimum", "exclusiveMinimum"),
        Maximum = Limit(schema, "maximum", "exclusiveMaximum"),
        MultipleOf = Number(schema, "multipleOf"),
        Length = Range(schema, "minLength", "maxLength"),
        Items = Range(schema, "minItems", "maxItems"),
        Entries = Range(schema, "minProperties", "maxProperties"),
        AllOf = Alternatives(schema, "allOf"),
        AnyOf = Alternatives(schema, "anyOf"),
        OneOf = Alternatives(schema, "oneOf"),
        Not = schema.Mapping("not") is { } not ? ReadWhole(not) : null,
    };

    // An alternative stands for itself: its fields and its type are part of it.
    private static ValueRules ReadWhole(MappingNode schema) => ReadScalars(schema) with
    {
        Type = schema.Text("type"),
        Required = Texts(schema, "required"),
        Fields = (schema.Mapping("properties") ?? []).Where(entry => entry.Value is MappingNode).ToDictionary(entry => entry.Key, entry => ReadWhole((MappingNode)entry.Value), StringComparer.Ordinal),
        Item = schema.Mapping("items") is { } item ? ReadWhole(item) : null,
    };

    private static List<ValueRules> Alternatives(MappingNode schema, string key) => [.. (schema.Sequence(key) ?? []).OfType<MappingNode>().Select(ReadWhole)];

    private static List<string> Texts(MappingNode schema, string key) => [.. (schema.Sequence(key) ?? []).OfType<ScalarNode>().Select(item => item.Text)];

    private static SizeRange Range(MappingNode schema, string least, string most) =>
        new((int)(Number(schema, least) ?? 0), (int)Math.Min(Number(schema, most) ?? int.MaxValue, int.MaxValue));

    private static (decimal, bool)? Limit(MappingNode schema, string key, string excluded) =>
        Number(schema, key) is { } limit ? (limit, schema.Text(excluded) == "true") : null;

    private static decimal? Number(MappingNode schema, string key) =>
        decimal.TryParse(schema.Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
