using System.Text.Json;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Serialization;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Journal;

/// <summary>The JSON form of the events about what the agents of a run share.</summary>
internal static class BoardEventJson
{
    public static void Write(Utf8JsonWriter writer, SignalPublished published)
    {
        writer.WritePropertyName("signal");
        SignalJson.Write(writer, published.Signal);
    }

    public static void Write(Utf8JsonWriter writer, StateChanged changed)
    {
        writer.WritePropertyName("change");
        StateChangeJson.Write(writer, changed.Change, withOldValues: false);
    }

    public static void Write(Utf8JsonWriter writer, GateUpdated updated)
    {
        writer.WriteString("gate", updated.GateId);
        writer.WriteString("gate_type", updated.GateType.Name);
        writer.WriteNumber("score", updated.Score);
        writer.WriteString("by", updated.By);
        writer.WriteString("scored_at", JsonFields.Time(updated.At));
    }

    public static SignalPublished ReadSignal(JsonElement json) => new(SignalJson.Read(JsonFields.Required(json, "signal")));

    public static StateChanged ReadState(JsonElement json) => new(StateChangeJson.Read(JsonFields.Required(json, "change")));

    public static GateUpdated ReadGate(JsonElement json) => new(
        JsonFields.Text(json, "gate"),
        GateType.Of(JsonFields.Text(json, "gate_type")),
        JsonFields.Required(json, "score").GetDouble(),
        JsonFields.Text(json, "by"),
        JsonFields.Required(json, "scored_at").GetDateTimeOffset());
}
