using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>What an explanation keeps of a value: enough to show it, without holding on to its document.</summary>
internal readonly record struct FoundValue(JsonValueKind Kind, double Number, string? Text)
{
    private const int Longest = 80;

    public static FoundValue Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => new FoundValue(JsonValueKind.Number, value.GetDouble(), null),
        JsonValueKind.String => new FoundValue(JsonValueKind.String, 0, Shorten(JsonMarshal.GetRawUtf8Value(value))),
        JsonValueKind.Array => new FoundValue(JsonValueKind.Array, value.GetArrayLength(), null),
        JsonValueKind.Object => new FoundValue(JsonValueKind.Object, value.GetPropertyCount(), null),
        var kind => new FoundValue(kind, 0, null),
    };

    public override string ToString() => Kind switch
    {
        JsonValueKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.String => Text!,
        JsonValueKind.Array => $"a list of {Number}",
        JsonValueKind.Object => $"an object of {Number}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static string Shorten(ReadOnlySpan<byte> raw)
    {
        if (raw.Length <= Longest) return Encoding.UTF8.GetString(raw);
        var end = Longest;
        // Never in the middle of a character.
        while ((raw[end] & 0xC0) == 0x80) end--;
        return $"{Encoding.UTF8.GetString(raw[..end])}…\"";
    }
}
