using System.Text.Json;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>Reads properties of data one by one and keeps what is wrong with them, so that all is told at once.</summary>
internal sealed class PayloadReader(JsonElement data)
{
    private readonly PayloadCheck _check = new();

    public static PayloadResult<T> Read<T>(JsonElement data)
        where T : SignalPayload, ISignalPayload<T> => T.Read(data.ValueKind is JsonValueKind.Undefined ? SignalJson.EmptyObject : data);

    /// <summary>Reads a payload and checks its ranges.</summary>
    public static PayloadResult<T> Read<T>(JsonElement data, Func<PayloadReader, T> read)
        where T : SignalPayload
    {
        if (data.ValueKind is not JsonValueKind.Object) return new PayloadResult<T>(null, [SignalProblems.NotAnObject("event_data")]);
        var reader = new PayloadReader(data);
        var payload = read(reader);
        if (reader._check.Problems.Count == 0) payload.Check(reader._check);
        return reader._check.Problems is { Count: > 0 } problems ? new PayloadResult<T>(null, problems) : new PayloadResult<T>(payload, []);
    }

    public string Name(string property)
    {
        if (Get(property) is not { } value)
        {
            _check.Add(property, "is missing");
            return "-";
        }

        if (value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text) return text;
        _check.Add(property, "must be a text of at least 1 character");
        return "-";
    }

    public string Text(string property) => OptionalText(property) ?? "";

    public string? OptionalText(string property)
    {
        if (Get(property) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.String) return value.GetString();
        _check.Add(property, "must be a text");
        return null;
    }

    public double Number(string property, double orElse = 0)
    {
        if (Get(property) is not { } value) return orElse;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number)) return number;
        _check.Add(property, "must be a number");
        return orElse;
    }

    public int Count(string property, int orElse = 0)
    {
        if (Get(property) is not { } value) return orElse;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
        _check.Add(property, "must be a whole number");
        return orElse;
    }

    public bool Flag(string property, bool orElse)
    {
        if (Get(property) is not { } value) return orElse;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        _check.Add(property, "must be true or false");
        return orElse;
    }

    public IReadOnlyList<string> Texts(string property)
    {
        if (Get(property) is not { } value) return [];
        if (value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String))
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        _check.Add(property, "must be a list of texts");
        return [];
    }

    public JsonElement Object(string property)
    {
        if (Get(property) is not { } value) return default;
        if (value.ValueKind is JsonValueKind.Object) return value;
        _check.Add(property, "must be a JSON object");
        return default;
    }

    /// <summary>A property that is null counts as missing.</summary>
    private JsonElement? Get(string property) =>
        data.TryGetProperty(property, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
