using System.Globalization;
using System.Text.Json;

namespace Slipway.Coordination.Signals;

/// <summary>A property of a signal's data and the value it must have.</summary>
public sealed record SignalField
{
    private readonly string[] _path;
    private readonly SignalValue _value;

    /// <summary>A property at any depth.</summary>
    /// <param name="path">Names from the outside in, separated by dots, such as <c>resolution_data.region</c>; a number counts items of a list from 0.</param>
    /// <param name="value">What it must be. Nothing stands for a property that is null or not there.</param>
    public SignalField(string path, SignalValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        _path = path.Split('.');
        _value = value;
    }

    /// <summary>The path.</summary>
    public string Path { get; }

    internal bool Matches(Signal signal)
    {
        if (_path.Length == 1 && signal.HasNoJsonYet && signal.Payload is { } payload && payload.TryGetScalar(_path[0], out var scalar)) return scalar == _value;
        var json = signal.Data;
        foreach (var name in _path)
        {
            json = json.ValueKind switch
            {
                JsonValueKind.Object when json.TryGetProperty(name, out var property) => property,
                JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < json.GetArrayLength() => json[index],
                _ => default,
            };
            if (json.ValueKind is JsonValueKind.Undefined) break;
        }

        return _value.Is(json);
    }
}
