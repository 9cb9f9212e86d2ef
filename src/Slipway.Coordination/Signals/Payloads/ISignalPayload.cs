using System.Text.Json;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>What every payload type can do by its type alone.</summary>
/// <typeparam name="TSelf">The payload type.</typeparam>
public interface ISignalPayload<TSelf>
    where TSelf : SignalPayload, ISignalPayload<TSelf>
{
    /// <summary>Reads a payload from the data of a signal; properties it does not know are passed over.</summary>
    /// <param name="data">The data: a JSON object.</param>
    /// <returns>The payload, or all that keeps the data from being one.</returns>
    static abstract PayloadResult<TSelf> Read(JsonElement data);
}
