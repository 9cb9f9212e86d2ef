using System.Text.Json;

namespace Slipway.Coordination.Signals;

/// <summary>A text, a number, a truth value or nothing, to compare a property of data with.</summary>
public readonly record struct SignalValue
{
    private SignalValue(JsonValueKind kind, string? text = null, double number = 0)
    {
        Kind = kind;
        Text = text;
        Number = number;
    }

    private JsonValueKind Kind { get; init; }

    private string? Text { get; init; }

    private double Number { get; init; }

    /// <summary>A text; null stands for nothing.</summary>
    public static implicit operator SignalValue(string? text) => text is null ? default : new(JsonValueKind.String, text);

    /// <summary>A number. Numbers are compared as 64-bit floating point.</summary>
    public static implicit operator SignalValue(double number) => new(JsonValueKind.Number, number: number);

    /// <summary>A truth value.</summary>
    public static implicit operator SignalValue(bool value) => new(value ? JsonValueKind.True : JsonValueKind.False);

    /// <summary>True when the JSON says the same.</summary>
    internal bool Is(JsonElement json) => Kind switch
    {
        JsonValueKind.String => json.ValueKind is JsonValueKind.String && json.ValueEquals(Text),
        JsonValueKind.Number => json.ValueKind is JsonValueKind.Number && json.TryGetDouble(out var number) && number.Equals(Number),
        JsonValueKind.Undefined => json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined,
        _ => json.ValueKind == Kind,
    };
}
