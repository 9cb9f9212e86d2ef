using System.Text.Json;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>The order and equality of JSON values, as <see cref="RuleOperator"/> tells them.</summary>
internal static class JsonComparison
{
    public static bool AreEqual(JsonElement left, JsonElement right) =>
        left.ValueKind == right.ValueKind && (left.ValueKind is JsonValueKind.Number ? CompareNumbers(left, right) == 0 : JsonElement.DeepEquals(left, right));

    /// <summary>How two numbers or two texts stand to each other; null for anything else.</summary>
    public static int? Compare(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => CompareNumbers(left, right),
        (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(left.GetString(), right.GetString()),
        _ => null,
    };

    private static int CompareNumbers(JsonElement left, JsonElement right)
    {
        if (left.TryGetInt64(out var leftInteger) && right.TryGetInt64(out var rightInteger)) return leftInteger.CompareTo(rightInteger);
        if (left.TryGetDecimal(out var leftDecimal) && right.TryGetDecimal(out var rightDecimal)) return leftDecimal.CompareTo(rightDecimal);
        return left.GetDouble().CompareTo(right.GetDouble());
    }
}
