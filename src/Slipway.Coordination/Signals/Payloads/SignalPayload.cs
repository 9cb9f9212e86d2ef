using System.Text.Json;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>
/// The data of one of the library's six signal types. The set is closed; signals of your own types carry JSON. Ranges are checked when the
/// signal is published.
/// </summary>
public abstract record SignalPayload
{
    private protected SignalPayload()
    {
    }

    /// <summary>The type of the signals that carry it.</summary>
    public abstract SignalType Type { get; }

    /// <summary>The agent it tells of, or null when it tells of none.</summary>
    public virtual string? Agent => null;

    /// <summary>Writes its properties, in the order of the documentation, into an object that the caller has begun.</summary>
    internal abstract void WriteProperties(Utf8JsonWriter writer);

    /// <summary>Names everything that is out of range.</summary>
    internal abstract void Check(PayloadCheck check);

    /// <summary>Gives a scalar property without making JSON.</summary>
    /// <returns>False for a property that only the JSON form can give.</returns>
    internal abstract bool TryGetScalar(string name, out SignalValue value);
}
