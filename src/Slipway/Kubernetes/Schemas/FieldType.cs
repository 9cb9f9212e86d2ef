using Slipway.Kubernetes.Schemas.Rules;

namespace Slipway.Kubernetes.Schemas;

/// <summary>The type of a field.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Element">The type of the members of a list or map.</param>
/// <param name="TypeName">The name of an object's type.</param>
/// <param name="Values">The only texts allowed; null for any.</param>
internal sealed record FieldType(FieldKind Kind, FieldType? Element = null, string? TypeName = null, IReadOnlyList<string>? Values = null)
{
    /// <summary>What else a custom kind demands of the value; null for nothing.</summary>
    public ValueRules? Rules { get; init; }

    /// <summary>What null means: a value of its own, or an error; null itself says that it is the same as leaving the field out.</summary>
    public bool? Nullable { get; init; }

    public static FieldType Any { get; } = new(FieldKind.Any);

    /// <summary>Reads the notation of the tables: <c>string</c>, <c>string=A|B</c>, <c>[int]</c>, <c>{quantity}</c>, <c>core.v1.Pod</c>.</summary>
    public static FieldType Parse(ReadOnlySpan<char> text)
    {
        if (text[0] == '[') return new FieldType(FieldKind.List, Parse(text[1..^1]));
        if (text[0] == '{') return new FieldType(FieldKind.Map, Parse(text[1..^1]));
        if (text.StartsWith("string=", StringComparison.Ordinal)) return new FieldType(FieldKind.Text, Values: text[7..].ToString().Split('|'));
        return text switch
        {
            "any" => Any,
            "string" => new FieldType(FieldKind.Text),
            "int" => new FieldType(FieldKind.Integer),
            "number" => new FieldType(FieldKind.Number),
            "bool" => new FieldType(FieldKind.Boolean),
            "quantity" => new FieldType(FieldKind.Quantity),
            "intOrString" => new FieldType(FieldKind.IntOrString),
            "time" => new FieldType(FieldKind.Time),
            "base64" => new FieldType(FieldKind.Base64),
            _ => new FieldType(FieldKind.Object, TypeName: text.ToString()),
        };
    }
}
