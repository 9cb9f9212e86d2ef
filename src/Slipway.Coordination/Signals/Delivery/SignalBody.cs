using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Signals.Stores;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>The form in which signals are stored: their JSON form without what their place in the store says.</summary>
internal static class SignalBody
{
    /// <summary>Stands for a signal that cannot be read, so that the positions of the others stay.</summary>
    private static readonly SignalDraft Unreadable = new(new SignalType("unreadable_signal"));

    public static ReadOnlyMemory<byte> Write(Signal signal)
    {
        var output = new ArrayBufferWriter<byte>(256);
        SignalJson.WriteBody(output, signal);
        return output.WrittenMemory;
    }

    public static Signal Read(string coordinationId, StoredSignal stored)
    {
        try
        {
            return SignalJson.ReadBody(coordinationId, stored.Position, stored.Body);
        }
        catch (JsonException)
        {
            return new Signal(coordinationId, Unreadable, DateTimeOffset.UnixEpoch, payload: null, stored.Position);
        }
    }
}
