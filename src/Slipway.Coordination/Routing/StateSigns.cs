using System.Runtime.InteropServices;
using System.Text.Json;
using Slipway.Coordination.Routing.Rules;

namespace Slipway.Coordination.Routing;

/// <summary>The keys of a state that tell of errors and gaps.</summary>
internal static class StateSigns
{
    private static readonly KeyPath.Segment[] ErrorKeys = [new("error"), new("errors"), new("error_count"), new("failed")];
    private static readonly KeyPath.Segment[] GapKeys = [new("required_data"), new("mandatory_fields")];

    /// <summary>What stands for the usual keys in texts.</summary>
    public static string UsualErrorKeys { get; } = string.Join(", ", ErrorKeys.Select(key => key.Text));

    public static bool IsErrorKey(string key) => Array.Exists(ErrorKeys, error => error.Text == key);

    /// <summary>The first key that tells of an error; null when none does.</summary>
    public static string? FindError(RoutingState state)
    {
        foreach (var key in ErrorKeys)
        {
            if (state.TryGet(key, out var value) && IsTruthy(value)) return key.Text;
        }

        return null;
    }

    /// <summary>The first key that tells of missing data; null when none does.</summary>
    public static string? FindGap(RoutingState state)
    {
        foreach (var key in GapKeys)
        {
            if (state.TryGet(key, out var value) && (!IsTruthy(value) || HoldsNull(value))) return key.Text;
        }

        return null;
    }

    /// <summary>True for the error that a retry answers: at its own key when it names one, at one of the usual keys otherwise.</summary>
    public static bool ShowsErrorFor(RoutingState state, KeyPath? evidence) =>
        evidence is null ? FindError(state) is not null : evidence.TryFind(state, out var value) && IsTruthy(value);

    /// <summary>Like the other, for what a router proposed; a key that is no path shows nothing.</summary>
    public static bool ShowsErrorFor(RoutingState state, RoutingResult retry) =>
        retry.EvidenceKey is null ? ShowsErrorFor(state, evidence: null) : KeyPath.TryParse(retry.EvidenceKey, out var path) && ShowsErrorFor(state, path);

    /// <summary>False for null, false, 0, and empty text, lists and objects.</summary>
    public static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => JsonMarshal.GetRawUtf8Value(value).Length > 2,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.GetPropertyCount() > 0,
        _ => false,
    };

    private static bool HoldsNull(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind is JsonValueKind.Null) return true;
            }
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            foreach (var field in value.EnumerateObject())
            {
                if (field.Value.ValueKind is JsonValueKind.Null) return true;
            }
        }

        return false;
    }
}
