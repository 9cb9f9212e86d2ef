using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Slipway.Documents;
using Slipway.Kubernetes.Schemas.Rules;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Whether a value keeps the rules of a custom kind.</summary>
internal static class RuleMatch
{
    /// <summary>True when the value keeps all rules.</summary>
    public static bool Fits(ValueRules rules, Node value)
    {
        var scalar = value as ScalarNode;
        return FitsType(rules.Type, value)
            && FitsValues(rules, scalar)
            && (scalar?.Kind != ScalarKind.String || FitsText(rules, scalar.Text))
            && (Number(scalar) is not { } number || FitsNumber(rules, number))
            && (value is not SequenceNode list || (rules.Items.Holds(list.Count) && (rules.Item is null || list.All(item => Fits(rules.Item, item)))))
            && (value is not MappingNode mapping || FitsMapping(rules, mapping))
            && rules.AllOf.All(rule => Fits(rule, value))
            && (rules.AnyOf.Count == 0 || rules.AnyOf.Any(rule => Fits(rule, value)))
            && (rules.OneOf.Count == 0 || rules.OneOf.Count(rule => Fits(rule, value)) == 1)
            && (rules.Not is null || !Fits(rules.Not, value));
    }

    public static bool FitsValues(ValueRules rules, ScalarNode? scalar) =>
        rules.Values is null || scalar is null || rules.Values.Any(allowed => allowed.Text == scalar.Text || (Number(allowed) is { } number && number == Number(scalar)));

    public static bool FitsFormat(string? format, string text) => format switch
    {
        "ipv4" => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && text.Count(letter => letter == '.') == 3,
        "ipv6" => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        "cidr" => text.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && IPAddress.TryParse(text.AsSpan(0, slash), out _) && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= 128,
        "uuid" => Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _),
        "byte" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        _ => true,
    };

    /// <summary>The characters of a text as Kubernetes counts them.</summary>
    public static int LengthOf(string text) => text.EnumerateRunes().Count();

    /// <summary>The value of a number, or null.</summary>
    public static decimal? Number(ScalarNode? scalar) => scalar switch
    {
        { Kind: ScalarKind.Integer } when PlainScalars.TryParseInteger(scalar.Text, out var whole) => whole,
        { Kind: ScalarKind.Float } when decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static bool IsAbove((decimal Limit, bool Excluded)? minimum, decimal number) => minimum is not { } least || number > least.Limit || (number == least.Limit && !least.Excluded);

    public static bool IsBelow((decimal Limit, bool Excluded)? maximum, decimal number) => maximum is not { } most || number < most.Limit || (number == most.Limit && !most.Excluded);

    private static bool FitsType(string? type, Node value) => (type, value) switch
    {
        (null, _) => true,
        ("object", _) => value is MappingNode,
        ("array", _) => value is SequenceNode,
        (_, ScalarNode scalar) => type switch
        {
            "string" => scalar.Kind == ScalarKind.String,
            "integer" => scalar.Kind == ScalarKind.Integer,
            "number" => scalar.Kind is ScalarKind.Integer or ScalarKind.Float,
            "boolean" => scalar.Kind == ScalarKind.Boolean,
            _ => true,
        },
        _ => false,
    };

    private static bool FitsText(ValueRules rules, string text) => rules.Pattern?.Matches(text) != false && rules.Length.Holds(LengthOf(text)) && FitsFormat(rules.Format, text);

    private static bool FitsNumber(ValueRules rules, decimal number) =>
        IsAbove(rules.Minimum, number) && IsBelow(rules.Maximum, number) && (rules.MultipleOf is not { } step || number % step == 0);

    private static bool FitsMapping(ValueRules rules, MappingNode mapping) =>
        rules.Entries.Holds(mapping.Count) && rules.Required.All(mapping.Has) && rules.Fields.All(field => mapping[field.Key] is not { } value || Fits(field.Value, value));
}
